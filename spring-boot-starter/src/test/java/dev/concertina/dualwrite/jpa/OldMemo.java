package dev.concertina.dualwrite.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A row of the old structure.
 */
@Entity
@Table(name = "note_old")
class OldMemo {

	@Id
	private long id;

	private String text = "";

	protected OldMemo() {
	}

	OldMemo(long id, String text) {
		this.id = id;
		this.text = text;
	}

	long id() {
		return this.id;
	}

	String text() {
		return this.text;
	}

}
