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
	 */
	public record Trigger(String name, boolean atInsert, boolean atUpdate, List<String> columns) {

		public Trigger {
			columns = List.copyOf(columns);
		}

		@Override
		public String toString() {
			return this.columns.isEmpty() ? this.name
					: "%s (UPDATE OF %s)".formatted(this.name, String.join(", ", this.columns));
		}

	}

}
