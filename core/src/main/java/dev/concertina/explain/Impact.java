package dev.concertina.explain;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowRange;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.plan.TableLock.Mode;
import dev.concertina.schema.TableName;

/**
 * What a step does to those who use its tables.
 *
 * @param step the step
 */
record Impact(Step step) {

	/** Which rows a batch has is known when the table is divided into chunks. */
	private static final RowRange SOME_BLOCKS = RowRange
		.of("source.ctid >= '(0,0)'::tid AND source.ctid < '(64,0)'::tid");

	/**
	 * Return what is locked, who waits for that, and what for.
	 * @param name how the name of a table is written
	 */
	String lock(UnaryOperator<String> name) {
		if (this.step instanceof Backfill backfill) {
			return (backfill.task() != null)
					? "the rows of a batch while the task '%s' computes them, mostly within 100 ms, for as long as one takes. Reads go on, and writes of other rows."
						.formatted(backfill.task().task())
					: "the rows of a batch until it commits, mostly within 100 ms. Reads go on, and writes of other rows.";
		}
		if (this.step instanceof Check) {
			return "none that a reader or a writer waits for. It reads the whole table.";
		}
		return this.step.locks()
			.stream()
			.map(TableLock::mode)
			.max(Comparator.naturalOrder())
			.map((strongest) -> "%s. %s%s".formatted(locks(name), whoWaits(strongest), meanwhile(strongest)))
			.orElse("none on a table that somebody uses.");
	}

	private String locks(UnaryOperator<String> name) {
		return this.step.locks()
			.stream()
			.map((lock) -> "%s on %s".formatted(lock.mode().sql(), name.apply(lock.table().toString())))
			.collect(Collectors.joining(", "));
	}

	static String whoWaits(Mode mode) {
		return switch (mode) {
			case ACCESS_EXCLUSIVE -> "Reads and writes wait";
			case SHARE_ROW_EXCLUSIVE -> "Writes wait, reads go on";
			case SHARE_UPDATE_EXCLUSIVE -> "Reads and writes go on";
		};
	}

	private String meanwhile(Mode strongest) {
		if (this.step instanceof Ddl ddl && ddl.mode() != Ddl.Mode.TRANSACTIONAL) {
			return (ddl.mode() == Ddl.Mode.CONCURRENT) ? ". Outside of a transaction; it may read the whole table."
					: ", while all rows of the table, which is small, are written anew.";
		}
		return (strongest == Mode.SHARE_UPDATE_EXCLUSIVE) ? ". It may read the whole table."
				: ", for a change of the catalog only.";
	}

	List<String> sql() {
		if (this.step instanceof Ddl ddl) {
			return ddl.statements();
		}
		if (this.step instanceof DualWrite dualWrite) {
			return dualWrite.sql();
		}
		if (this.step instanceof Backfill backfill) {
			return backfill.statements().stream().map((statement) -> some(statement, backfill.source())).toList();
		}
		Check check = (Check) this.step;
		return List.of(some(check.comparison(), check.source()));
	}

	List<String> undo() {
		if (this.step instanceof DualWrite dualWrite) {
			return dualWrite.drop();
		}
		return (this.step instanceof Ddl ddl) ? ddl.undo() : List.of();
	}

	/**
	 * Return what is to be known about taking it back, where that are no statements.
	 */
	String irrevocable() {
		return (this.step instanceof Ddl ddl && ddl.destructive()) ? "Nothing brings back what this step takes away."
				: "";
	}

	private static String some(RangedSql statement, TableName table) {
		return statement.sql(table.quoted(), SOME_BLOCKS);
	}

}
