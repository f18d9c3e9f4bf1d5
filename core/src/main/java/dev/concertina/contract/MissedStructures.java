package dev.concertina.contract;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.concertina.event.MigrationEvent.OldStructureMissed;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.SqlState;
import dev.concertina.plan.Plan;
import dev.concertina.schema.TableName;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;

/**
 * Tells of statements that fail as what they name is out of sight. The server itself
 * tells nobody but the client: {@code pg_stat_statements} counts what succeeds.
 */
public final class MissedStructures {

	/** undefined_table, undefined_column. */
	private static final Set<SqlState> MISSING = Set.of(new SqlState("42P01"), new SqlState("42703"));

	private final Database database;

	private final MigrationListener listener;

	/**
	 * Tell of statements.
	 * @param database the database that they have failed on
	 * @param listener who is told
	 */
	public MissedStructures(Database database, MigrationListener listener) {
		this.database = database;
		this.listener = listener;
	}

	/**
	 * Return whether a statement has failed as a name means nothing.
	 * @param failure the failure
	 * @return {@code true} for a table or a column that does not exist
	 */
	public static boolean isMissing(Throwable failure) {
		return SqlState.of(failure).filter(MISSING::contains).isPresent();
	}

	/**
	 * Remember a failure, and tell of it, if what the statement names is out of sight.
	 * @param problem what PostgreSQL said: in any language it has the name
	 * @param by who has run the statement
	 */
	public void look(String problem, String by) {
		StateStore store = StateStore.jdbc(this.database.jdbc());
		List<ChangeRecord> missed = store.all()
			.stream()
			.filter((change) -> change.isOutOfSight() && isMissed(change.plan(), problem))
			.toList();
		for (ChangeRecord change : missed) {
			if (store.missed(change.id(), by, problem)) {
				this.listener.on(new OldStructureMissed(change.id(), problem));
			}
		}
	}

	private static boolean isMissed(Plan plan, String problem) {
		return problem.contains(Plan.outOfSight(plan.change())) || Stream
			.concat(plan.obsolete().stream().map((place) -> place.column().value()),
					plan.obsoleteTables().stream().map(TableName::name))
			.anyMatch((
					name) -> Pattern.compile("(?U)(?<!\\w)" + Pattern.quote(name) + "(?!\\w)").matcher(problem).find());
	}

}
