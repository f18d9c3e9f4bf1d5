package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.schema.Table;

/**
 * Fresh statistics of what was filled, so that the planner knows it before anybody reads
 * it.
 */
final class Statistics {

	private Statistics() {
	}

	static Ddl of(Table table) {
		return Ddl.concurrent("analyze %s".formatted(table.name()), table.name(),
				"ANALYZE %s".formatted(table.name().quoted()), List.of(), List.of());
	}

}
