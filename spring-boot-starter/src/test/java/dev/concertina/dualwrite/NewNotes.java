package dev.concertina.dualwrite;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The new structure's notes.
 */
@NewStructure("move_notes")
class NewNotes extends TableNotes {

	NewNotes(JdbcClient jdbc) {
		super(jdbc, "note_new");
	}

}
