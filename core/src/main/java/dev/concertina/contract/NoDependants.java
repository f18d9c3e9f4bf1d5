package dev.concertina.contract;

import java.util.List;
import java.util.Optional;

import dev.concertina.schema.ColumnPlace;

/**
 * No view, function, trigger or policy has been made of the old structure since the
 * change was expanded: PostgreSQL would refuse the drop because of it.
 */
final class NoDependants implements GateCondition {

	/**
	 * Also under the name that a column has while it is out of sight. Our own functions,
	 * and what is about the same table, go with it.
	 */
	private static final String DEPENDANTS = """
			SELECT DISTINCT CASE WHEN r.oid IS NOT NULL THEN pg_describe_object('pg_catalog.pg_class'::regclass, r.ev_class, 0)
			                     ELSE pg_describe_object(d.classid, d.objid, 0) END || ' of ' || a.attrelid::regclass || '.' || o.name AS dependant
			  FROM unnest(?::text[], ?::text[]) AS o (relation, name)
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(o.relation) AND NOT a.attisdropped
			                                AND (a.attname = o.name OR (a.attname ^@ 'concertina_retired_' AND right(a.attname, length(o.name) + 1) = '_' || o.name))
			  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid
			                             AND d.refobjsubid = a.attnum AND d.deptype = 'n'
			  LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
			  LEFT JOIN pg_catalog.pg_proc p ON d.classid = 'pg_catalog.pg_proc'::regclass AND p.oid = d.objid
			  LEFT JOIN pg_catalog.pg_trigger t ON d.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.objid
			 WHERE r.ev_class <> a.attrelid OR p.pronamespace <> '{state}'::regnamespace OR t.tgname !~ '^zzz_concertina'
			    OR d.classid = 'pg_catalog.pg_policy'::regclass
			 ORDER BY dependant""";

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		List<ColumnPlace> obsolete = candidate.change().plan().obsolete();
		List<String> dependants = candidate.jdbc()
			.state(DEPENDANTS)
			.param(obsolete.stream().map((place) -> place.table().quoted()).toArray(String[]::new))
			.param(obsolete.stream().map((place) -> place.column().value()).toArray(String[]::new))
			.query((row, number) -> row.getString(1))
			.list();
		if (dependants.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Objection("%d objects are made of the old structure: %s".formatted(dependants.size(),
				String.join(", ", dependants)), "Drop them, or make them of the new structure."));
	}

	@Override
	public String toString() {
		return "Whether something is made of the old structure";
	}

}
