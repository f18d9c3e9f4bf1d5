package dev.concertina.testing;

/**
 * The catalog queries for what stands beside tables, and for what is said about any
 * object.
 */
final class ObjectQueries {

	static final String SCHEMAS = """
			SELECT n.nspname, quote_ident(n.nspname) || ' OWNER ' || pg_get_userbyid(n.nspowner)
			  FROM pg_namespace n""";

	static final String RULES = """
			SELECT r.schemaname, r.definition
			  FROM pg_rules r""";

	static final String POLICIES = """
			SELECT p.schemaname,
			       concat_ws(' ', quote_ident(p.policyname), 'ON', format('%I.%I', p.schemaname, p.tablename),
			           p.permissive, 'FOR', p.cmd, 'TO', p.roles, 'USING ' || p.qual, 'CHECK ' || p.with_check)
			  FROM pg_policies p""";

	static final String FUNCTIONS = """
			SELECT n.nspname,
			       concat_ws(' ', CASE p.prokind WHEN 'a' THEN 'AGGREGATE ' || p.oid::regprocedure
			                                     ELSE pg_get_functiondef(p.oid) END,
			           'OWNER ' || pg_get_userbyid(p.proowner))
			  FROM pg_proc p
			  JOIN pg_namespace n ON n.oid = p.pronamespace""";

	static final String TYPES = """
			SELECT n.nspname,
			       concat_ws(' ', t.oid::regtype,
			           'ENUM ' || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
			                         FROM pg_enum e
			                        WHERE e.enumtypid = t.oid),
			           CASE t.typtype WHEN 'd' THEN 'DOMAIN ' || format_type(t.typbasetype, t.typtypmod) END,
			           CASE WHEN t.typnotnull THEN 'NOT NULL' END,
			           'DEFAULT ' || t.typdefault,
			           'OWNER ' || pg_get_userbyid(t.typowner))
			  FROM pg_type t
			  JOIN pg_namespace n ON n.oid = t.typnamespace
			  LEFT JOIN pg_class c ON c.oid = t.typrelid
			 WHERE t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c'""";

	/** Objects below 16384 came with the server. */
	static final String COMMENTS = """
			SELECT coalesce(o.schema, a.object_names[1]),
			       format('%s %s IS %L', o.type, o.identity, d.description)
			  FROM pg_description d
			 CROSS JOIN pg_identify_object(d.classoid, d.objoid, d.objsubid) o
			 CROSS JOIN pg_identify_object_as_address(d.classoid, d.objoid, d.objsubid) a
			 WHERE d.objoid >= 16384""";

	/**
	 * An object without an entry has the default rights, so that both ways to say the
	 * same give the same line.
	 */
	static final String GRANTS = """
			SELECT coalesce(o.schema, a.object_names[1]),
			       format('%s %s TO %s: %s', o.type, o.identity,
			           CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END,
			           string_agg(e.privilege_type || CASE WHEN e.is_grantable THEN '*' ELSE '' END, ', '
			               ORDER BY e.privilege_type))
			  FROM (SELECT 'pg_class'::regclass AS class, oid, 0 AS part,
			               coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner))
			                   AS rights
			          FROM pg_class
			         WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
			         UNION ALL
			        SELECT 'pg_class'::regclass, attrelid, attnum, attacl
			          FROM pg_attribute
			         WHERE NOT attisdropped
			         UNION ALL
			        SELECT 'pg_proc'::regclass, oid, 0, coalesce(proacl, acldefault('f', proowner))
			          FROM pg_proc
			         UNION ALL
			        SELECT 'pg_type'::regclass, oid, 0, typacl
			          FROM pg_type
			         UNION ALL
			        SELECT 'pg_namespace'::regclass, oid, 0, coalesce(nspacl, acldefault('n', nspowner))
			          FROM pg_namespace) AS object
			 CROSS JOIN pg_identify_object(object.class, object.oid, object.part) o
			 CROSS JOIN pg_identify_object_as_address(object.class, object.oid, object.part) a
			 CROSS JOIN aclexplode(object.rights) e
			 WHERE object.oid >= 16384 OR object.class = 'pg_namespace'::regclass
			 GROUP BY 1, o.type, o.identity, e.grantee""";

	private ObjectQueries() {
	}

}
