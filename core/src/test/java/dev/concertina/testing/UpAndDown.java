package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessException;

import dev.concertina.change.ChangeVersion;

/**
 * The SQL scripts of an application, below a directory, with those that take them back:
 * beside {@code V12__city.sql} a {@code U12__city.sql} may lie.
 */
public record UpAndDown(Path directory) {

	private static final Pattern NAME = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)__.+\\.sql");

	/**
	 * Asserts, in an empty database, that each script is taken back by the one beside it.
	 * <ol>
	 * <li>Apply all scripts, and remember the catalog after each.</li>
	 * <li>Take them back, the last one first, down to one that nothing takes back; after
	 * each, the catalog is as it was before its script.</li>
	 * <li>Apply them again; after each, the catalog is as it was the first time.</li>
	 * </ol>
	 */
	public void assertRestores(TestDatabase database) {
		List<Script> ups = scripts("V");
		List<CatalogDump> catalogs = new ArrayList<>(List.of(CatalogDump.of(database)));
		for (Script up : ups) {
			up.run(database);
			catalogs.add(CatalogDump.of(database));
		}
		int first = takeBack(database, ups, catalogs);
		for (int number = first; number < ups.size(); number++) {
			ups.get(number).run(database);
			ups.get(number)
				.requireEqual("leads to another catalog the second time", catalogs.get(number + 1), database);
		}
	}

	/**
	 * Takes scripts back, and returns the number of the first one.
	 */
	private int takeBack(TestDatabase database, List<Script> ups, List<CatalogDump> catalogs) {
		List<Script> downs = scripts("U");
		for (int number = ups.size() - 1; number >= 0; number--) {
			Script up = ups.get(number);
			Optional<Script> down = downs.stream().filter((script) -> script.version().equals(up.version())).findAny();
			if (down.isEmpty()) {
				return number + 1;
			}
			down.get().run(database);
			up.requireEqual("is not taken back by " + down.get().name(), catalogs.get(number), database);
		}
		return 0;
	}

	private List<Script> scripts(String kind) {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.map(Script::of)
				.flatMap(Optional::stream)
				.filter((script) -> script.name().startsWith(kind))
				.sorted(Comparator.comparing(Script::version))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Script(ChangeVersion version, String name, Path file) {

		static Optional<Script> of(Path file) {
			String name = String.valueOf(file.getFileName());
			Matcher matcher = NAME.matcher(name);
			return matcher.matches()
					? Optional.of(new Script(new ChangeVersion(matcher.group(2).replace('_', '.')), name, file))
					: Optional.empty();
		}

		void run(TestDatabase database) {
			try {
				database.execute(Files.readString(this.file));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (DataAccessException ex) {
				throw new AssertionError("%s fails: %s".formatted(this.name, ex.getMostSpecificCause().getMessage()),
						ex);
			}
		}

		void requireEqual(String problem, CatalogDump wanted, TestDatabase database) {
			CatalogDump actual = CatalogDump.of(database);
			if (!actual.equals(wanted)) {
				throw new AssertionError("%s %s; left over: %s; lost: %s".formatted(this.name, problem,
						without(actual, wanted), without(wanted, actual)));
			}
		}

		private static List<String> without(CatalogDump some, CatalogDump others) {
			return some.lines().stream().filter((line) -> !others.lines().contains(line)).toList();
		}

	}

}
