package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.TableName;

/**
 * Functions and triggers between two tables. They run with the rights of the migrating
 * role, as a writer of one table may have none on the other, and with pinned settings.
 * What a trigger writes itself is kept from the other direction by the transaction-local
 * setting {@code concertina.echo}, what a batch writes by {@code concertina.batch}.
 */
final class CrossTableTriggers {

	private static final String ECHO = "concertina.echo";

	private final PlanBuilder plan;

	private final Names names;

	private final List<String> create = new ArrayList<>();

	private final List<String> drop = new ArrayList<>();

	CrossTableTriggers(PlanBuilder plan) {
		this.plan = plan;
		this.names = new Names(plan);
	}

	/**
	 * Return the statement that keeps the triggers from what a function writes next.
	 */
	static String echoOn(PlanBuilder plan) {
		return echo(Identifier.literal(plan.change()));
	}

	/**
	 * Return the statement that ends that.
	 */
	static String echoOff() {
		return echo("''");
	}

	private static String echo(String value) {
		return "PERFORM set_config('%s', %s, true);".formatted(ECHO, value);
	}

	/**
	 * Add a function. Nobody else may call it, by a trigger of their own: it is not asked
	 * who fires ours.
	 */
	CrossTableTriggers function(String role, String body) {
		String function = this.names.function(role) + "()";
		this.create.add(RowSql.function(function, "trigger",
				"SECURITY DEFINER\n " + this.plan.settings().functionClauses(), body));
		this.create.add("REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC".formatted(function));
		this.drop.add("DROP FUNCTION IF EXISTS %s CASCADE".formatted(function));
		return this;
	}

	CrossTableTriggers eachRow(TableName table, String role, String event, String function) {
		this.create.add(trigger(table, role, event, "FOR EACH ROW", "true", function));
		return this;
	}

	CrossTableTriggers eachRow(TableName table, String role, String event, String when, String function) {
		this.create.add(trigger(table, role, event, "FOR EACH ROW", when, function));
		return this;
	}

	/**
	 * Add a trigger of statements.
	 * @param event the event, with its transition tables
	 */
	CrossTableTriggers eachStatement(TableName table, String role, String event, String function) {
		this.create.add(trigger(table, role, event, "FOR EACH STATEMENT", "true", function));
		return this;
	}

	/**
	 * Return the statement that makes a trigger of rows anew, with a condition.
	 */
	String narrowed(TableName table, String role, String event, String when, String function) {
		return trigger(table, role, event, "FOR EACH ROW", when, function);
	}

	private String trigger(TableName table, String role, String event, String each, String when, String function) {
		int on = event.indexOf(" REFERENCING");
		String transition = (on < 0) ? "" : event.substring(on);
		return "CREATE OR REPLACE TRIGGER %s %s ON %s%s %s WHEN (%s) EXECUTE FUNCTION %s()".formatted(
				this.names.trigger(2, role).quoted(), (on < 0) ? event : event.substring(0, on), table.quoted(),
				transition, each, guarded(when), this.names.function(function));
	}

	private String guarded(String when) {
		String guard = "%s AND current_setting('%s', true) IS DISTINCT FROM %s".formatted(RowSql.notInBatch(this.plan),
				ECHO, Identifier.literal(this.plan.change()));
		return when.equals("true") ? guard : "%s AND %s".formatted(guard, when);
	}

	DualWrite dualWrite(String description, TableName parent, TableName child) {
		return new DualWrite(description, List.of(TableLock.againstWrites(parent), TableLock.againstWrites(child)),
				this.create, this.drop);
	}

	List<String> drop() {
		return List.copyOf(this.drop);
	}

}
