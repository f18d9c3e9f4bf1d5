package dev.concertina.dualwrite.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A row of the new structure.
 */
@Entity
@Table(name = "note_new")
class NewMemo {

	@Id
	private long id;

	private String text = "";

	protected NewMemo() {
	}

	NewMemo(long id, String text) {
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
