package dev.concertina.dualwrite.jpa;

import java.util.Optional;

import dev.concertina.dualwrite.DualWrite;

/**
 * What the application asks for, whatever the structure.
 */
@DualWrite("move_notes")
interface Memos {

	Optional<String> findTextById(long id);

	void add(long id, String text);

	void deleteById(Long id);

}
