package dev.concertina.testing;

/**
 * The catalog queries for tables, views and what hangs on them.
 */
final class RelationQueries {

	static final String TABLES = """
			SELECT n.nspname,
			       concat_ws(' ', c.oid::regclass,
			           'PARTITION BY ' || CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
			           CASE c.relkind WHEN 'f' THEN 'FOREIGN' END,
			           CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
			           'OF ' || (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
			                       FROM pg_inherits i
			                      WHERE i.inhrelid = c.oid),
			           pg_get_expr(c.relpartbound, c.oid),
			           'WITH ' || array_to_string(c.reloptions, ', '),
			           CASE WHEN c.relrowsecurity THEN 'ROW SECURITY' END,
			           CASE WHEN c.relforcerowsecurity THEN 'FORCED' END,
			           'REPLICA IDENTITY ' || nullif(c.relreplident::text, 'd'),
			           'OWNER ' || pg_get_userbyid(c.relowner))
			  FROM pg_class c
			  JOIN pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.relkind IN ('r', 'p', 'f')""";

	static final String COLUMNS = """
			SELECT n.nspname,
			       concat_ws(' ', c.oid::regclass || '.' || quote_ident(a.attname),
			           format_type(a.atttypid, a.atttypmod),
			           CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
			           CASE WHEN a.attnotnull THEN 'NOT NULL' END,
			           CASE a.attidentity WHEN 'a' THEN 'IDENTITY ALWAYS' WHEN 'd' THEN 'IDENTITY BY DEFAULT' END,
			           CASE a.attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' || a.attgenerated::text || ' ' END
			               || pg_get_expr(d.adbin, d.adrelid),
			           CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || a.attstorage::text END,
			           CASE WHEN a.attstattarget >= 0 THEN 'STATISTICS ' || a.attstattarget END,
			           'WITH ' || array_to_string(a.attoptions, ', '))
			  FROM pg_attribute a
			  JOIN pg_class c ON c.oid = a.attrelid
			  JOIN pg_namespace n ON n.oid = c.relnamespace
			  JOIN pg_type t ON t.oid = a.atttypid
			  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			 WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped""";

	/**
	 * Without the names of NOT NULL, which only PostgreSQL 18 has, and makes itself. What
	 * PostgreSQL 14 does not call valid of a key is what its partitions have of it.
	 */
	static final String CONSTRAINTS = """
			SELECT n.nspname,
			       concat_ws(' ',
			           CASE k.contypid WHEN 0 THEN k.conrelid::regclass::text ELSE k.contypid::regtype::text END,
			           CASE WHEN k.contype <> 'n' THEN quote_ident(k.conname) END,
			           CASE k.conparentid WHEN 0 THEN pg_get_constraintdef(k.oid)
			                              ELSE regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') END)
			  FROM pg_constraint k
			  JOIN pg_namespace n ON n.oid = k.connamespace""";

	static final String INDEXES = """
			SELECT n.nspname,
			       concat_ws(' ', pg_get_indexdef(i.indexrelid),
			           CASE WHEN NOT i.indisvalid THEN 'INVALID' END,
			           CASE WHEN i.indisclustered THEN 'CLUSTERED' END,
			           CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END)
			  FROM pg_index i
			  JOIN pg_class c ON c.oid = i.indexrelid
			  JOIN pg_namespace n ON n.oid = c.relnamespace""";

	static final String TRIGGERS = """
			SELECT n.nspname,
			       concat_ws(' ', pg_get_triggerdef(g.oid), 'ENABLED ' || nullif(g.tgenabled::text, 'O'))
			  FROM pg_trigger g
			  JOIN pg_class c ON c.oid = g.tgrelid
			  JOIN pg_namespace n ON n.oid = c.relnamespace
			 WHERE NOT g.tgisinternal""";

	static final String VIEWS = """
			SELECT n.nspname,
			       concat_ws(' ', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED' END, c.oid::regclass,
			           'WITH ' || array_to_string(c.reloptions, ', '),
			           'OWNER ' || pg_get_userbyid(c.relowner), 'AS', pg_get_viewdef(c.oid))
			  FROM pg_class c
			  JOIN pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.relkind IN ('v', 'm')""";

	static final String SEQUENCES = """
			SELECT n.nspname,
			       concat_ws(' ', s.seqrelid::regclass, s.seqtypid::regtype, 'START', s.seqstart,
			           'INCREMENT', s.seqincrement, 'MIN', s.seqmin, 'MAX', s.seqmax, 'CACHE', s.seqcache,
			           CASE WHEN s.seqcycle THEN 'CYCLE' END,
			           'OWNED BY ' || (SELECT d.refobjid::regclass || '.' || quote_ident(a.attname)
			                             FROM pg_depend d
			                             JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			                            WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
			                              AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
			           'OWNER ' || pg_get_userbyid(c.relowner))
			  FROM pg_sequence s
			  JOIN pg_class c ON c.oid = s.seqrelid
			  JOIN pg_namespace n ON n.oid = c.relnamespace""";

	static final String STATISTICS = """
			SELECT n.nspname,
			       concat_ws(' ', format('%I.%I', n.nspname, s.stxname), s.stxkind, 'ON', s.stxrelid::regclass,
			           (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
			              FROM pg_attribute a
			             WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)),
			           pg_get_expr(s.stxexprs, s.stxrelid))
			  FROM pg_statistic_ext s
			  JOIN pg_namespace n ON n.oid = s.stxnamespace""";

	private RelationQueries() {
	}

}
