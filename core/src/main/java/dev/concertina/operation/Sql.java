package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * Statements that are written by hand, for what no other operation does. Nothing checks
 * what they do.
 *
 * @param expand what makes the new structure, all in the transaction of the startup
 * @param backfill how existing rows are filled
 * @param afterBackfill what is made when the rows are in
 * @param verify how the rows are compared; without it, no row may be left that the
 * backfill concerns
 * @param contract what happens to the old structure
 */
public record Sql(List<SqlStep> expand, @Nullable SqlBackfill backfill, List<SqlStep> afterBackfill,
		@Nullable SqlVerify verify, List<SqlStep> contract) implements Operation {

	public Sql {
		expand = List.copyOf(expand);
		afterBackfill = List.copyOf(afterBackfill);
		contract = List.copyOf(contract);
		if (backfill == null && verify == null && Stream.of(expand, afterBackfill, contract).allMatch(List::isEmpty)) {
			throw new InvalidDefinitionException("There is no SQL for any phase",
					"List statements under 'expand', 'afterBackfill' or 'contract', or give a 'backfill'.");
		}
		for (SqlStep step : expand) {
			if (step.concurrent() || step.irreversible()) {
				throw new InvalidDefinitionException(
						"'%s' can't be run at the expand: it is %s".formatted(step.sql(),
								step.concurrent() ? "concurrent" : "irreversible"),
						"Move it to 'afterBackfill' or 'contract'; the expand is one transaction that can be taken back.");
			}
		}
	}

	/**
	 * Return the operation with statements for the expand.
	 * @param steps the statements
	 * @return the operation
	 */
	public static Sql expanding(SqlStep... steps) {
		return new Sql(List.of(steps), null, List.of(), null, List.of());
	}

	/**
	 * Return the operation with statements for the contract.
	 * @param steps the statements
	 * @return the operation
	 */
	public static Sql contracting(SqlStep... steps) {
		return new Sql(List.of(), null, List.of(), null, List.of(steps));
	}

	/**
	 * Return the operation with a backfill.
	 * @param value how existing rows are filled
	 * @return the operation
	 */
	public Sql withBackfill(SqlBackfill value) {
		return new Sql(this.expand, value, this.afterBackfill, this.verify, this.contract);
	}

	/**
	 * Return the operation with statements for the time when the rows are in.
	 * @param steps the statements
	 * @return the operation
	 */
	public Sql withAfterBackfill(SqlStep... steps) {
		return new Sql(this.expand, this.backfill, List.of(steps), this.verify, this.contract);
	}

	/**
	 * Return the operation with a comparison.
	 * @param value how the rows are compared
	 * @return the operation
	 */
	public Sql withVerify(SqlVerify value) {
		return new Sql(this.expand, this.backfill, this.afterBackfill, value, this.contract);
	}

	/**
	 * Return the operation with statements for the contract.
	 * @param steps the statements
	 * @return the operation
	 */
	public Sql withContract(SqlStep... steps) {
		return new Sql(this.expand, this.backfill, this.afterBackfill, this.verify, List.of(steps));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		String description = "SQL of operation %d, in %%s, statement %%d".formatted(plan.operation());
		number(this.expand,
				(step, number) -> plan.expand(step.ddl(before, description.formatted("expand", number), false)));
		if (this.backfill != null) {
			Table table = before.table(this.backfill.table());
			Requirements.chunks(table);
			UncheckedBatch.refuse(before, plan, table, this.backfill.columns(table));
			plan.backfill(this.backfill.step(table));
		}
		number(this.afterBackfill, (step, number) -> plan
			.afterBackfill(step.ddl(before, description.formatted("afterBackfill", number), false)));
		SqlVerify comparison = (this.verify != null || this.backfill == null) ? this.verify : this.backfill.verify();
		if (comparison != null) {
			Table table = before.table(comparison.table());
			Requirements.chunks(table);
			plan.verify(comparison.step(table));
		}
		number(this.contract, (step, number) -> plan
			.contract(step.ddl(before, description.formatted("contract", number), step.irreversible())));
		plan.note(
				"The SQL of operation %d is written by hand; nobody has checked what it does, nor whether its undo takes it back."
					.formatted(plan.operation()));
		this.afterBackfill.stream()
			.filter(SqlStep::irreversible)
			.forEach((step) -> plan.note("A rollback leaves what this has done: %s".formatted(step.sql())));
		return before;
	}

	private static void number(List<SqlStep> steps, Numbered numbered) {
		for (int number = 0; number < steps.size(); number++) {
			numbered.add(steps.get(number), number + 1);
		}
	}

	/**
	 * Adds a step to a plan.
	 */
	@FunctionalInterface
	private interface Numbered {

		void add(SqlStep step, int number);

	}

}
