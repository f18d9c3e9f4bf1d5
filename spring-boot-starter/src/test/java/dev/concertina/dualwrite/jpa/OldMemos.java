package dev.concertina.dualwrite.jpa;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

import dev.concertina.dualwrite.OldStructure;

/**
 * The rows of the old structure.
 */
@OldStructure("move_notes")
interface OldMemos extends Memos, JpaRepository<OldMemo, Long> {

	@Override
	default Optional<String> findTextById(long id) {
		return findById(id).map(OldMemo::text);
	}

	@Override
	default void add(long id, String text) {
		save(new OldMemo(id, text));
	}

	@Override
	void deleteById(Long id);

}
