package dev.concertina.dualwrite.datajdbc;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

import dev.concertina.dualwrite.OldStructure;

/**
 * The rows of the old structure.
 */
@OldStructure("move_notes")
interface OldMemos extends Memos, CrudRepository<OldMemo, Long> {

	@Override
	default Optional<String> findTextById(long id) {
		return findById(id).map(OldMemo::text);
	}

	@Override
	@Query("SELECT id FROM note_old ORDER BY id")
	List<Long> findIds();

	@Override
	@Modifying
	@Query("INSERT INTO note_old VALUES (:id, :text) ON CONFLICT (id) DO UPDATE SET text = excluded.text")
	void setText(long id, String text);

	@Override
	void deleteById(Long id);

}
