package dev.concertina.schema;

import java.util.List;

/**
 * Who notices, beside the application, when rows of a table are written.
 *
 * @param triggers the triggers of the user that fire
 * @param publications the publications that send the rows to subscribers
 * @param hasRowSecurity whether policies decide who sees and writes which row
 */
public record Bystanders(List<Trigger> triggers, List<String> publications, boolean hasRowSecurity) {

	public Bystanders {
		triggers = List.copyOf(triggers);
		publications = List.copyOf(publications);
	}

	/**
	 * A trigger that fires at INSERT or UPDATE.
	 *
	 * @param name its name
	 * @param atInsert whether it fires at INSERT
	 * @param atUpdate whether it fires at UPDATE
	 * @param columns the columns that an UPDATE must set so that it fires; empty for any
	 * @param enabled whose writes it fires at
	 */
	public record Trigger(String name, boolean atInsert, boolean atUpdate, List<String> columns, Enabled enabled) {

		public Trigger {
			columns = List.copyOf(columns);
		}

		/**
		 * Return whether it fires at a write.
		 * @param asReplica whether the write is that of a replica
		 * @return {@code true} if it does
		 */
		public boolean fires(boolean asReplica) {
			return this.enabled != (asReplica ? Enabled.ORIGIN : Enabled.REPLICA);
		}

		@Override
		public String toString() {
			return this.columns.isEmpty() ? this.name
					: "%s (UPDATE OF %s)".formatted(this.name, String.join(", ", this.columns));
		}

	}

	/**
	 * Whose writes a trigger fires at, by {@code session_replication_role}.
	 */
	public enum Enabled {

		/** Those of applications, but not those of a replica; as triggers are made. */
		ORIGIN,

		/** Those of a replica only. */
		REPLICA,

		/** All. */
		ALWAYS

	}

}
