package dev.concertina.operation;

import java.util.Map;

import dev.concertina.operation.ListMapping.Loss;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * The bodies of the functions that {@link ArrayTriggers} calls.
 */
final class ArrayFunctions {

	private static final String TO_ROWS = """
			DECLARE
			  concertina_document «type»;
			  wanted jsonb;
			  actual jsonb;
			BEGIN
			  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND «OLD.key» IS DISTINCT FROM «NEW.key») THEN
			    «echo on»
			    DELETE FROM «child» AS c WHERE c.«parent key» = «OLD.key»;
			    «echo off»
			  END IF;
			  IF TG_OP = 'DELETE' THEN
			    RETURN NULL;
			  END IF;
			  -- as it is, not as it was written: a trigger of a user may have written it once more
			  SELECT p.«document» INTO concertina_document FROM «parent» AS p WHERE p.«key» = «NEW.key»;
			  IF NOT FOUND THEN
			    RETURN NULL;
			  END IF;
			  wanted := «normal document»;
			  actual := «normal rows»;
			  IF wanted::text IS DISTINCT FROM actual::text THEN
			    «echo on»
			    DELETE FROM «child» AS c
			     WHERE c.«parent key» = «NEW.key» AND NOT EXISTS (SELECT FROM «elements» WHERE e.n = c.«ordinal»);
			    INSERT INTO «child» AS c («columns»)
			    SELECT «values» FROM «elements»
			    «upsert»;
			    «echo off»
			  END IF;
			  RETURN NULL;
			END""";

	private static final String BEFORE_ROW = """
			DECLARE
			  concertina_document «type»;
			BEGIN
			  IF TG_OP = 'UPDATE' AND OLD.«parent key» IS DISTINCT FROM NEW.«parent key» THEN
			    PERFORM FROM «parent» AS p WHERE p.«key» IN (OLD.«parent key», NEW.«parent key») ORDER BY p.«key» FOR NO KEY UPDATE;
			  END IF;
			  IF TG_OP <> 'INSERT' THEN
			    PERFORM FROM «parent» AS p WHERE p.«key» = OLD.«parent key» FOR NO KEY UPDATE;
			    -- The last row goes: say so now, or a row that the same statement adds would find
			    -- an array without rows, as of a parent that was not copied yet.
			    IF (TG_OP = 'DELETE' OR OLD.«parent key» IS DISTINCT FROM NEW.«parent key»)
			       AND NOT EXISTS (SELECT FROM «child» AS c
			                        WHERE c.«parent key» = OLD.«parent key» AND c.«ordinal» <> OLD.«ordinal») THEN
			      «echo on»
			      UPDATE «parent» AS p SET «document» = «none» WHERE p.«key» = OLD.«parent key»;
			      «echo off»
			    END IF;
			  END IF;
			  IF TG_OP = 'DELETE' THEN
			    RETURN OLD;
			  END IF;
			  SELECT p.«document» INTO concertina_document FROM «parent» AS p WHERE p.«key» = NEW.«parent key» FOR NO KEY UPDATE;
			  IF NOT FOUND THEN
			    RAISE foreign_key_violation
			      USING MESSAGE = format('no row of %s has the key %s', «parent name», NEW.«parent key»);
			  END IF;
			  IF (TG_OP = 'INSERT' OR OLD.«parent key» IS DISTINCT FROM NEW.«parent key»)
			     AND NOT EXISTS (SELECT FROM «child» AS c WHERE c.«parent key» = NEW.«parent key») THEN
			    «echo on»
			    INSERT INTO «child» («columns»)
			    SELECT «values of parent» FROM «elements»;
			    «echo off»
			  END IF;
			  RETURN NEW;
			END""";

	private static final String TO_ARRAY = """
			DECLARE
			  concertina_parents «key type»[];
			  lossy text;
			BEGIN
			  IF TG_OP = 'INSERT' THEN
			    SELECT array_agg(DISTINCT r.«parent key») INTO concertina_parents FROM new_rows AS r;
			  ELSIF TG_OP = 'DELETE' THEN
			    SELECT array_agg(DISTINCT r.«parent key») INTO concertina_parents FROM old_rows AS r;
			  ELSE
			    SELECT array_agg(r.«parent key») INTO concertina_parents
			      FROM (SELECT «parent key» FROM old_rows UNION SELECT «parent key» FROM new_rows) AS r;
			  END IF;
			  IF concertina_parents IS NULL THEN
			    RETURN NULL;
			  END IF;
			«refuse loss»
			  «echo on»
			  UPDATE «parent» AS p SET «document» = «new document» WHERE p.«key» = ANY (concertina_parents);
			  «echo off»
			  RETURN NULL;
			END""";

	private static final String REFUSE_LOSS = """
			SELECT format('%s: %s', p.«key», «lost») INTO lossy
			  FROM «parent» AS p CROSS JOIN LATERAL «lost from»
			 WHERE p.«key» = ANY (concertina_parents) AND «is lost»
			 LIMIT 1;
			IF lossy IS NOT NULL THEN
			  RAISE data_exception
			    USING MESSAGE = format(«loss», «parent name», lossy),
			          HINT = «hint»;
			END IF;""";

	private static final String TRUNCATE = """
			BEGIN
			  «echo on»
			  IF TG_RELID = «child regclass»::regclass THEN
			    UPDATE «parent» AS p SET «document» = «none»
			     WHERE EXISTS (SELECT FROM «elements of p»);
			  ELSE
			    DELETE FROM «child»;
			  END IF;
			  «echo off»
			  RETURN NULL;
			END""";

	private final SqlTemplate template;

	private final String refuseLoss;

	ArrayFunctions(PlanBuilder plan, Table parent, Column key, ListMapping mapping) {
		String document = mapping.document().name().quoted();
		String newKey = key.name().of(Row.NEW);
		this.refuseLoss = mapping.loss(key).isPresent() ? REFUSE_LOSS : "";
		Loss loss = mapping.loss(key).orElse(new Loss("", "", "", "", ""));
		this.template = new SqlTemplate(Map.ofEntries(Map.entry("echo on", CrossTableTriggers.echoOn(plan)),
				Map.entry("echo off", CrossTableTriggers.echoOff()), Map.entry("parent", parent.name().quoted()),
				Map.entry("parent name", Identifier.literal(parent.name().toString())),
				Map.entry("key", key.name().quoted()), Map.entry("OLD.key", key.name().of(Row.OLD)),
				Map.entry("NEW.key", newKey), Map.entry("key type", key.type().sql()), Map.entry("document", document),
				Map.entry("child", mapping.child().quoted()), Map.entry("child regclass", mapping.child().literal()),
				Map.entry("parent key", mapping.parentKey().quoted()), Map.entry("ordinal", mapping.ordinal().quoted()),
				Map.entry("columns", mapping.columns()), Map.entry("values", mapping.values(newKey)),
				Map.entry("values of parent", mapping.values("NEW." + mapping.parentKey().quoted())),
				Map.entry("elements", mapping.elements("concertina_document")),
				Map.entry("elements of p", mapping.elements("p." + document)),
				Map.entry("normal document", mapping.normalDocument("concertina_document")),
				Map.entry("normal rows", mapping.normalRows(newKey)), Map.entry("type", mapping.type()),
				Map.entry("none", mapping.none()), Map.entry("lost", loss.value()),
				Map.entry("lost from", loss.source()), Map.entry("is lost", loss.condition()),
				Map.entry("loss", Identifier.literal(loss.message())),
				Map.entry("hint", Identifier.literal(loss.hint())), Map.entry("upsert", mapping.upsert()),
				Map.entry("new document", mapping.document("p." + key.name().quoted()))));
	}

	String toRows() {
		return this.template.filled(TO_ROWS);
	}

	String beforeRow() {
		return this.template.filled(BEFORE_ROW);
	}

	String toArray() {
		return this.template.filled(TO_ARRAY.replace("«refuse loss»", this.refuseLoss));
	}

	String truncate() {
		return this.template.filled(TRUNCATE);
	}

}
