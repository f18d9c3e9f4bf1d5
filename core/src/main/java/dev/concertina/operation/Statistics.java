package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Table;

/**
 * Fresh statistics of what was filled, so that the planner knows it before anybody reads
 * it.
 */
final class Statistics {

	private Statistics() {
	}

	static Ddl of(Table table) {
		return new Ddl("analyze %s".formatted(table.name()), List.of(TableLock.besideWrites(table.name())),
				List.of("ANALYZE %s".formatted(table.name().quoted())), List.of(), Ddl.Mode.CONCURRENT);
	}

}
