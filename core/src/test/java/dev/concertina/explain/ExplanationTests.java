package dev.concertina.explain;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.Settings;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.TableName;

import static org.assertj.core.api.Assertions.assertThat;

class ExplanationTests {

	private static final TableName TABLE = TableName.of("public.t");

	private static final Ddl ADD = Ddl.of("add c", TableLock.exclusive(TABLE), "ALTER TABLE t ADD c text",
			"ALTER TABLE t DROP c");

	private static final Ddl NARROW = Ddl.of("narrow", TableLock.againstWrites(TABLE), "CREATE TRIGGER n", "DROP n");

	private static final Ddl INDEX = Ddl.concurrent("index c", TABLE, "CREATE INDEX CONCURRENTLY i ON t (c)", List.of(),
			List.of("DROP INDEX i"));

	private static final Ddl DROP = Ddl.destructive("drop o", List.of(TableLock.exclusive(TABLE)),
			List.of("ALTER TABLE t DROP o"));

	private static final Ddl LIMIT = Ddl.of("validate", TableLock.besideWrites(TABLE), "ALTER TABLE t VALIDATE v",
			"ALTER TABLE t DROP v");

	@Test
	void tellsOfEachStepWhoWaitsAndWhatTakesItBack() {
		assertThat(explain(moving().contract(LIMIT).contract(DROP)).markdown("##")).isEqualTo(
				"""
						To know before it is run:

						- Mind the gap.

						A lock on a table is waited for for at most 300 ms, then asked for again later.

						## EXPAND

						At startup, by Flyway, in one transaction with DUAL_WRITE, which keeps each lock until it commits.

						**1. add c**

						Lock: ACCESS EXCLUSIVE on `public.t`. Reads and writes wait, for a change of the catalog only.

						```sql
						ALTER TABLE t ADD c text;
						```

						Undo:

						```sql
						ALTER TABLE t DROP c;
						```

						## DUAL_WRITE

						At startup, in the transaction of EXPAND.

						**1. keep o and c in step**

						Lock: SHARE ROW EXCLUSIVE on `public.t`. Writes wait, reads go on, for a change of the catalog only.

						```sql
						CREATE TRIGGER s;
						```

						Undo:

						```sql
						DROP TRIGGER s;
						```

						## BACKFILL

						In the background, step after step.

						**1. copy o to c**

						Lock: the rows of a batch until it commits, mostly within 100 ms. Reads go on, and writes of other rows.

						```sql
						UPDATE ONLY "public"."t" AS source SET c = o WHERE source.ctid >= '(0,0)'::tid AND source.ctid < '(64,0)'::tid AND true;
						```

						**2. narrow**

						Lock: SHARE ROW EXCLUSIVE on `public.t`. Writes wait, reads go on, for a change of the catalog only.

						```sql
						CREATE TRIGGER n;
						```

						Undo:

						```sql
						DROP n;
						```

						## VERIFY

						In the background, range after range.

						**1. c equals o**

						Lock: none that a reader or a writer waits for. It reads the whole table.

						```sql
						SELECT key FROM ONLY "public"."t" AS source WHERE source.ctid >= '(0,0)'::tid AND source.ctid < '(64,0)'::tid AND true;
						```

						## CONTRACT

						In the background, step after step, once the gate lets it.

						**1. validate**

						Lock: SHARE UPDATE EXCLUSIVE on `public.t`. Reads and writes go on. It may read the whole table.

						```sql
						ALTER TABLE t VALIDATE v;
						```

						Undo:

						```sql
						ALTER TABLE t DROP v;
						```

						**2. drop o**

						Lock: ACCESS EXCLUSIVE on `public.t`. Reads and writes wait, for a change of the catalog only.

						```sql
						ALTER TABLE t DROP o;
						```

						Nothing brings back what this step takes away.
						""");
	}

	@Test
	void tellsInAPageWhatBothVersionsMayDo() {
		assertThat(explain(moving().contract(DROP)).markdown())
			.startsWith("# Change `c1`\n\nTo know before it is run:\n")
			.contains(
					"| EXPAND | ACCESS EXCLUSIVE: reads and writes wait | goes on as before | is starting, and serves nothing yet |",
					"| BACKFILL | SHARE ROW EXCLUSIVE: writes wait, reads go on | goes on as before; what it writes is carried over | may write the new structure; does not rely on it when it reads, as rows are still missing |",
					"| VERIFY | none on a table | goes on as before | as in BACKFILL; may read the new structure once the comparison has passed |",
					"| CONTRACT | ACCESS EXCLUSIVE: reads and writes wait | goes on as before until the approval, and does not run any more from then on |");
	}

	@Test
	void derivesWhatTheVersionsMayDoFromTheSteps() {
		assertThat(explain(plan().expand(ADD)).markdown()).contains("is starting, and finds everything as it shall be")
			.doesNotContain("DUAL_WRITE |", "| CONTRACT", "with DUAL_WRITE");
		assertThat(explain(plan().afterBackfill(INDEX)).markdown())
			.contains("goes on as before | does not rely on what this phase makes before it is over")
			.contains("Reads and writes go on. Outside of a transaction; it may read the whole table.");
		assertThat(explain(plan().contract(LIMIT)).markdown()).contains("it must stand what the steps demand");
	}

	@Test
	void givesSqlWhoseCommentsHoldNoStatement() {
		Ddl odd = Ddl.of("add \"a\nDROP TABLE x;\r-- b\"", TableLock.exclusive(new TableName("s", "a\nDROP TABLE y;")),
				"ALTER TABLE t ADD c text", "ALTER TABLE t\n DROP c");
		assertThat(explain(plan().note("a\nDROP TABLE z;").expand(odd)).sql().lines())
			.filteredOn((line) -> !line.isEmpty() && !line.startsWith("-- "))
			.containsExactly("ALTER TABLE t ADD c text;");
	}

	@Test
	void givesTheSqlOfEachPhase() {
		assertThat(explain(moving().contract(DROP)).sql())
			.startsWith(
					"""
							-- Change c1
							-- A lock on a table is waited for for at most 300 ms, then asked for again later.
							-- Compiled for {DateStyle=ISO, YMD, IntervalStyle=postgres, TimeZone=UTC, search_path=public, pg_temp}
							-- Note: Mind the gap.

							-- EXPAND. At startup, by Flyway, in one transaction with DUAL_WRITE, which keeps each lock until it commits.

							-- 1. add c
							--    Lock: ACCESS EXCLUSIVE on public.t. Reads and writes wait, for a change of the catalog only.
							ALTER TABLE t ADD c text;
							-- Undo:
							-- ALTER TABLE t DROP c;

							-- DUAL_WRITE. At startup, in the transaction of EXPAND.
							""")
			.endsWith("""
					ALTER TABLE t DROP o;
					-- Nothing brings back what this step takes away.
					""");
	}

	@Test
	void writesNamesAsTextWhateverTheyHold() {
		Ddl odd = Ddl.of("add *a* _b_ to [x](y) | `z` <i> c:\\d order_items",
				TableLock.exclusive(new TableName("s", "a`b\nc")), "SELECT '```'", "");
		assertThat(explain(plan().expand(odd)).markdown("##"))
			.contains("**1. add \\*a\\* \\_b\\_ to \\[x\\](y) \\| \\`z\\` \\<i> c:\\\\d order_items**")
			.contains("ACCESS EXCLUSIVE on `` s.a`b c ``.")
			.contains("````sql\nSELECT '```';\n````\n");
	}

	@Test
	void givesThePlanAsJsonThatCanBeReadAgain() {
		Plan plan = moving().contract(DROP).build();
		String json = new Explanation(plan, Duration.ofMillis(300)).json();
		assertThat(CanonicalJson.readPlan(json)).isEqualTo(plan);
		assertThat(json).startsWith("{\n  \"change\" : \"c1\",\n")
			.endsWith("\n}\n")
			.isEqualTo(new Explanation(CanonicalJson.readPlan(json), Duration.ZERO).json());
	}

	@Test
	void knowsTheStrongestLockOfAPhase() {
		Explanation explanation = explain(moving().contract(LIMIT).contract(DROP));
		assertThat(explanation.strongestLock(Phase.BACKFILL)).contains(TableLock.Mode.SHARE_ROW_EXCLUSIVE);
		assertThat(explanation.strongestLock(Phase.CONTRACT)).contains(TableLock.Mode.ACCESS_EXCLUSIVE);
		assertThat(explanation.strongestLock(Phase.VERIFY)).isEmpty();
	}

	private static PlanBuilder plan() {
		return Plan.of("c1", Settings.of("public"), KeptBy.TRIGGERS, StateSchemaName.DEFAULT);
	}

	private static PlanBuilder moving() {
		return plan().note("Mind the gap.")
			.expand(ADD)
			.dualWrite(new DualWrite("keep o and c in step", List.of(TableLock.againstWrites(TABLE)),
					List.of("CREATE TRIGGER s"), List.of("DROP TRIGGER s")), NARROW)
			.backfill(new Backfill("copy o to c", TABLE, List.of(new RangedSql("UPDATE", " SET c = o WHERE", ""))))
			.verify(new Check("c equals o", TABLE, new RangedSql("SELECT key FROM", " WHERE", "")));
	}

	private static Explanation explain(PlanBuilder plan) {
		return new Explanation(plan.build(), Duration.ofMillis(300));
	}

}
