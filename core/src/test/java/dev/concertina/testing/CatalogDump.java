package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The structure of a database as sorted lines, one for each object: equal dumps mean
 * equal structure, whatever the physical order of the columns is.
 */
public record CatalogDump(List<String> lines) {

	public CatalogDump {
		lines = List.copyOf(lines);
	}

	public static CatalogDump of(TestDatabase database) {
		return of(database, CatalogScope.everything());
	}

	public static CatalogDump of(TestDatabase database, CatalogScope scope) {
		try (Connection connection = database.access().connect("catalog dump")) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			jdbc.sql("SET search_path = ''").update();
			return new CatalogDump(
					Arrays.stream(CatalogPart.values()).flatMap((part) -> lines(jdbc, part, scope)).sorted().toList());
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The connection of the catalog dump can't be closed", ex);
		}
	}

	/**
	 * Returns the lines that speak of the given object or column.
	 */
	public List<String> linesWith(String text) {
		return this.lines.stream().filter((line) -> line.contains(text)).toList();
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines);
	}

	private static Stream<String> lines(JdbcClient jdbc, CatalogPart part, CatalogScope scope) {
		return jdbc.sql(part.query())
			.query((row, index) -> Line.of(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.filter((line) -> scope.shows(line.schema(), part))
			.map((line) -> part.name().toLowerCase(Locale.ROOT) + " " + line.text());
	}

	private record Line(String schema, String text) {

		static Line of(String schema, String definition) {
			return new Line(schema, definition.strip().replaceAll("\\s+", " "));
		}

	}

}
