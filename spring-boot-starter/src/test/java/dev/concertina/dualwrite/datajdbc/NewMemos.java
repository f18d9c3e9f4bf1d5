package dev.concertina.dualwrite.datajdbc;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

import dev.concertina.dualwrite.NewStructure;

/**
 * The rows of the new structure.
 */
@NewStructure("move_notes")
interface NewMemos extends Memos, CrudRepository<NewMemo, Long> {

	@Override
	default Optional<String> findTextById(long id) {
		return findById(id).map(NewMemo::text);
	}

	@Override
	@Query("SELECT id FROM note_new ORDER BY id")
	List<Long> findIds();

	@Override
	@Modifying
	@Query("INSERT INTO note_new VALUES (:id, :text) ON CONFLICT (id) DO UPDATE SET text = excluded.text")
	void setText(long id, String text);

	@Override
	void deleteById(Long id);

}
