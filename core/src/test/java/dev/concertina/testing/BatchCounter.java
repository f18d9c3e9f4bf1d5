package dev.concertina.testing;

import java.util.List;

/**
 * A trigger of a user: it counts in the column {@code applied} of each row of the table
 * {@code line} how often a batch has written it.
 */
public final class BatchCounter {

	private static final List<String> STATEMENTS = List.of("""
			CREATE FUNCTION count_batch() RETURNS trigger LANGUAGE plpgsql AS '
			BEGIN
			  IF current_setting(''concertina.batch'', true) <> '''' THEN
			    NEW.applied := OLD.applied + 1;
			  END IF;
			  RETURN NEW;
			END'""", "CREATE TRIGGER count BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION count_batch()");

	private BatchCounter() {
	}

	public static List<String> statements() {
		return STATEMENTS;
	}

}
