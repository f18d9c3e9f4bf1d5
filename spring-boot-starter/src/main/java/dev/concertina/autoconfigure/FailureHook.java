package dev.concertina.autoconfigure;

import java.sql.SQLException;
import java.util.function.Consumer;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;

import dev.concertina.contract.MissedStructures;

/**
 * Called by a pool for each failure on one of its connections.
 */
final class FailureHook implements SQLExceptionOverride {

	private final Consumer<SQLException> missing;

	private final @Nullable SQLExceptionOverride next;

	/**
	 * Make a hook.
	 * @param missing who is told that a table or a column does not exist
	 * @param next what the application has set
	 */
	FailureHook(Consumer<SQLException> missing, @Nullable SQLExceptionOverride next) {
		this.missing = missing;
		this.next = next;
	}

	@java.lang.Override
	public SQLExceptionOverride.Override adjudicate(SQLException failure) {
		if (MissedStructures.isMissing(failure)) {
			this.missing.accept(failure);
		}
		return (this.next != null) ? this.next.adjudicate(failure) : SQLExceptionOverride.Override.CONTINUE_EVICT;
	}

}
