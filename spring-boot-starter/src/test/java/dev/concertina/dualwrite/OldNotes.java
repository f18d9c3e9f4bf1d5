package dev.concertina.dualwrite;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The old structure's notes.
 */
@OldStructure("move_notes")
class OldNotes extends TableNotes {

	OldNotes(JdbcClient jdbc) {
		super(jdbc, "note_old");
	}

}
