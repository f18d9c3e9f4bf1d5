package dev.concertina.operation;

/**
 * What the triggers between two tables with a row for a row call, in PL/pgSQL. The words
 * are those of {@link RowPair}.
 */
final class RowPairFunctions {

	/**
	 * The row as it is, not as it was written: a trigger of a user may have written it
	 * once more before ours is fired.
	 */
	static final String ROW = "concertina_row";

	static final String TO_CHILD = """
			DECLARE
			  concertina_row «parent»%ROWTYPE;
			BEGIN
			  «echo on»
			  IF TG_OP <> 'DELETE' THEN
			    SELECT p.* INTO concertina_row FROM «parent» AS p WHERE («p key») = («NEW key»);
			  END IF;
			  «take away»IF («row key») IS NOT NULL THEN
			    UPDATE «child» AS c SET («columns») = ROW(«row columns»)
			     WHERE («c key») = («NEW key») AND «child differs»;
			    IF NOT («row is null») THEN
			      INSERT INTO «child» («child key», «columns») VALUES («NEW key», «row columns»)
			      ON CONFLICT («child key») DO NOTHING;
			    END IF;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	static final String BEFORE_ROW = """
			DECLARE
			  concertina_parent «parent»%ROWTYPE;
			BEGIN
			  IF TG_OP <> 'INSERT' THEN
			    PERFORM FROM «parent» AS p WHERE («p key») = («OLD child key») FOR NO KEY UPDATE;
			  END IF;
			  IF TG_OP = 'DELETE' THEN
			    RETURN OLD;
			  END IF;
			  SELECT p.* INTO concertina_parent FROM «parent» AS p WHERE («p key») = («NEW child key») FOR NO KEY UPDATE;
			  IF NOT FOUND THEN
			    RAISE foreign_key_violation
			      USING MESSAGE = format('no row of %s has the key %s', «parent name», ROW(«NEW child key»)::text);
			  END IF;
			  «take over»RETURN NEW;
			END""";

	static final String TO_PARENT = """
			DECLARE
			  concertina_row «child»%ROWTYPE;
			BEGIN
			  «echo on»
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND («OLD child key») IS DISTINCT FROM («NEW child key»)) THEN
			    «left»
			  END IF;
			  IF TG_OP <> 'DELETE' THEN
			    SELECT c.* INTO concertina_row FROM «child» AS c WHERE («c key») = («NEW child key»);
			    IF («row child key») IS NOT NULL THEN
			      UPDATE «parent» AS p SET («parent columns») = ROW(«row columns»)
			       WHERE («p key») = («NEW child key») AND «parent differs»;
			    END IF;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	static final String TRUNCATE = """
			BEGIN
			  «echo on»
			  IF TG_RELID = «child regclass»::regclass THEN
			    «all left»
			  ELSE
			    DELETE FROM «child»;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	/** What a parent has whose row is gone, where no row and NULLs are the same. */
	static final String PARENT_HAS_NULLS = """
			UPDATE «parent» AS p SET («parent columns») = ROW(«nulls»)
			     WHERE («p key») = («OLD child key») AND NOT («p is null»);""";

	/** The same for all parents. */
	static final String ALL_PARENTS_HAVE_NULLS = """
			UPDATE «parent» AS p SET («parent columns») = ROW(«nulls») WHERE NOT («p is null»);""";

	private RowPairFunctions() {
	}

}
