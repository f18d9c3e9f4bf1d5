package dev.concertina.dualwrite.jpa;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

import dev.concertina.dualwrite.NewStructure;

/**
 * The rows of the new structure.
 */
@NewStructure("move_notes")
interface NewMemos extends Memos, JpaRepository<NewMemo, Long> {

	@Override
	default Optional<String> findTextById(long id) {
		return findById(id).map(NewMemo::text);
	}

	@Override
	default void add(long id, String text) {
		save(new NewMemo(id, text));
	}

	@Override
	void deleteById(Long id);

}
