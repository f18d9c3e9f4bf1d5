package dev.concertina.dualwrite.datajdbc;

import java.util.List;
import java.util.Optional;

import dev.concertina.dualwrite.DualWrite;

/**
 * What the application asks for, whatever the structure.
 */
@DualWrite("move_notes")
interface Memos {

	Optional<String> findTextById(long id);

	List<Long> findIds();

	void setText(long id, String text);

	void deleteById(Long id);

}
