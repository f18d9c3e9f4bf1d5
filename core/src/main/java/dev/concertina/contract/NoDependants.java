package dev.concertina.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.concertina.plan.Plan;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.TableName;

/**
 * No view, function, trigger or policy has been made of the old structure since the
 * change was expanded: PostgreSQL would refuse the drop because of it.
 */
final class NoDependants implements GateCondition {

	/** Longer names are shortened behind as much of the id. */
	private static final int UNSHORTENED = 30;

	/**
	 * Also under the name that something has while it is out of sight. Our own functions,
	 * and what goes with the same table, is no obstacle: of a table that stays, a trigger
	 * or a policy which names a column is one.
	 */
	private static final String DEPENDANTS = """
			WITH gone AS (SELECT a.attrelid AS relation, a.attnum AS number, a.attrelid::regclass || '.' || a.attname AS name
			                FROM unnest(?::text[]) AS o (relation)
			                JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(o.relation) AND a.attnum > 0 AND NOT a.attisdropped
			               WHERE a.attname ~ ? OR (o.relation, a.attname::text) IN (SELECT * FROM unnest(?::text[], ?::text[]))
			               UNION
			              SELECT c.oid, NULL, c.oid::regclass::text
			                FROM pg_catalog.pg_class c
			               WHERE c.relkind IN ('r', 'p', 'f') AND (c.relname ~ ? OR c.oid IN (SELECT to_regclass(name) FROM unnest(?::text[]) AS name)))
			SELECT DISTINCT CASE WHEN r.oid IS NOT NULL THEN pg_describe_object('pg_catalog.pg_class'::regclass, r.ev_class, 0)
			                     ELSE pg_describe_object(d.classid, d.objid, 0) END || ' of ' || g.name AS dependant
			  FROM gone g
			  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = g.relation
			                             AND d.refobjsubid = coalesce(g.number, d.refobjsubid) AND d.deptype = 'n'
			  LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
			  LEFT JOIN pg_catalog.pg_proc p ON d.classid = 'pg_catalog.pg_proc'::regclass AND p.oid = d.objid
			  LEFT JOIN pg_catalog.pg_trigger t ON d.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.objid
			  LEFT JOIN pg_catalog.pg_policy o ON d.classid = 'pg_catalog.pg_policy'::regclass AND o.oid = d.objid
			 WHERE r.ev_class <> g.relation OR p.pronamespace <> '{state}'::regnamespace
			    OR (t.tgname !~ '^zzz_concertina' AND (g.number IS NOT NULL OR t.tgrelid <> g.relation))
			    OR (o.oid IS NOT NULL AND (g.number IS NOT NULL OR o.polrelid <> g.relation))
			 ORDER BY dependant""";

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		Plan plan = candidate.change().plan();
		String retired = retired(plan.change());
		List<String> dependants = candidate.jdbc()
			.state(DEPENDANTS)
			.param(quoted(plan.tables().stream()))
			.param(retired)
			.param(quoted(plan.obsolete().stream().map(ColumnPlace::table)))
			.param(plan.obsolete().stream().map((place) -> place.column().value()).toArray(String[]::new))
			.param(retired)
			.param(quoted(plan.obsoleteTables().stream()))
			.query((row, number) -> row.getString(1))
			.list();
		if (dependants.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection("%d objects are made of the old structure: %s".formatted(dependants.size(),
				String.join(", ", dependants)), "Drop them, or make them of the new structure."));
	}

	private static String[] quoted(Stream<TableName> tables) {
		return tables.map(TableName::quoted).toArray(String[]::new);
	}

	/**
	 * As a regular expression.
	 */
	private static String retired(String change) {
		return (change.length() > UNSHORTENED) ? "^concertina_retired_" + change.substring(0, UNSHORTENED)
				: "^concertina_retired_%s_[0-9]{3}_".formatted(change);
	}

	@Override
	public String toString() {
		return "Whether something is made of the old structure";
	}

}
