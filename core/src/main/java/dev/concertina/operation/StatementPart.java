package dev.concertina.operation;

import java.util.function.Consumer;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.SqlExpression;

/**
 * SQL that is put into a statement, or is one: it must not end it and start another one.
 */
final class StatementPart {

	private StatementPart() {
	}

	static void require(String key, String sql) {
		require(key, sql, SqlExpression::of);
	}

	static void require(String key, String sql, Consumer<String> check) {
		try {
			check.accept(sql);
		}
		catch (InvalidDefinitionException ex) {
			throw new InvalidDefinitionException(String.valueOf(ex.getMessage()),
					"Write one statement under '%s', without anything behind it.".formatted(key));
		}
	}

}
