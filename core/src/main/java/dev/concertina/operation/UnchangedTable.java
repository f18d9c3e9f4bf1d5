package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Belongings;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.TableName;

/**
 * A table of which nothing may be changed while another one stands in for it, or it for
 * another one: what came meanwhile would be lost with the name.
 *
 * @param plan the plan
 * @param belongings what the table has when the change is planned
 * @param name its name, which another table has later
 */
record UnchangedTable(PlanBuilder plan, Belongings belongings, TableName name) {

	/**
	 * Return the statement that fails if the table is not what it was when the change was
	 * planned. The expand may be weeks ago.
	 */
	String require() {
		return failIf(
				"(%s) <> %s".formatted(digest(),
						Identifier.literal(this.belongings.digest(this.plan.settings().values()))),
				"Take that back, or roll the change back and write it anew.");
	}

	/**
	 * Return the statements that write down what the table is that has the name now.
	 */
	List<String> hold() {
		String create = "CREATE OR REPLACE FUNCTION %s RETURNS text[] LANGUAGE sql AS %%L".formatted(held());
		return List.of("DO " + RowSql.dollarQuoted("""
				BEGIN
				  EXECUTE format(%s, format('SELECT %%L::text[]', ARRAY[(%s)] || ARRAY(%s)));
				END""".formatted(Identifier.literal(create), digest(), partitions())),
				"REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC".formatted(held()));
	}

	/**
	 * Return the statement that fails if that is not what it was, or has lost a
	 * partition.
	 */
	String requireHeld() {
		return failIf("(%s) <> (%s)[1] OR NOT (%2$s)[2:] <@ ARRAY(%3$s)".formatted(digest(), held(), partitions()),
				"Take that back, then resume the change.");
	}

	List<String> drop() {
		return List.of("DROP FUNCTION IF EXISTS " + held());
	}

	private String failIf(String condition, String hint) {
		return "DO " + RowSql.dollarQuoted("""
				BEGIN
				  IF %s THEN
				    RAISE object_not_in_prerequisite_state
				      USING MESSAGE = %s,
				            HINT = %s;
				  END IF;
				END""".formatted(condition,
				Identifier.literal("table %s was changed while it was partitioned".formatted(this.name)),
				Identifier.literal(hint)));
	}

	private String digest() {
		return this.belongings.digestQuery().strip();
	}

	private String partitions() {
		return "SELECT i.inhrelid::regclass::text FROM pg_inherits i WHERE i.inhparent = %s::regclass ORDER BY 1"
			.formatted(this.name.literal());
	}

	private String held() {
		return new Names(this.plan).function("held") + "()";
	}

}
