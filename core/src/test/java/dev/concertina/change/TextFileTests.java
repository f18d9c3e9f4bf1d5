package dev.concertina.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.Operations;
import dev.concertina.operation.Sql;
import dev.concertina.operation.SqlStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TextFileTests {

	private static final String YAML = """
			operations:
			- sql:
			    expand:
			    - file: V12__by_hand.expand.sql
			      undoFile: V12__by_hand.expand.undo.sql
			""";

	private final Path folder;

	TextFileTests(@TempDir Path folder) throws IOException {
		this.folder = folder;
		write("V12__by_hand.yaml", YAML);
		write("V12__by_hand.expand.sql", "ALTER TABLE t\n  ADD size int;\n");
		write("V12__by_hand.expand.undo.sql", "ALTER TABLE t DROP COLUMN IF EXISTS size");
	}

	@Test
	void isReadAsIfItsTextWereWrittenThere() {
		assertThat(read().operations()).containsExactly(
				Sql.expanding(SqlStep.of("ALTER TABLE t\n  ADD size int", "ALTER TABLE t DROP COLUMN IF EXISTS size")));
	}

	@Test
	void isPartOfTheFingerprint() throws IOException {
		Change before = read();
		write("V12__by_hand.expand.sql", "ALTER TABLE t ADD size bigint");
		assertThat(read().fingerprint()).isNotEqualTo(before.fingerprint());
	}

	@Test
	void isRefusedIfItIsMissing() throws IOException {
		Files.delete(this.folder.resolve("V12__by_hand.expand.sql"));
		assertThat(problem()).isEqualTo(this.folder
				+ "/V12__by_hand.yaml:4: There is no file 'V12__by_hand.expand.sql' beside this one. Use one of [V12__by_hand.expand.undo.sql], or put it there.");
	}

	@Test
	void isRefusedIfItIsInAnotherFolder() throws IOException {
		Files.createDirectory(this.folder.resolve("sql"));
		write("sql/other.sql", "SELECT 1");
		write("V12__by_hand.yaml", YAML.replace("V12__by_hand.expand.sql", "sql/other.sql"));
		assertThat(problem()).contains("V12__by_hand.yaml:4: There is no file 'sql/other.sql' beside this one");
	}

	@Test
	void isRefusedBesideTheTextItself() throws IOException {
		write("V12__by_hand.yaml", YAML + "      sql: SELECT 1\n");
		assertThat(problem()).contains(
				"V12__by_hand.yaml:4: 'sql' and 'file' of item 1 of 'expand' of sql are both there. Keep one of them.");
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	private String problem() {
		List<Problem> problems = catchThrowableOfType(RefusedChangesException.class, this::read).problems();
		return String.join("; ", problems.stream().map(Problem::toString).toList());
	}

	private Change read() {
		List<ChangeFile> files = ChangeFiles.load(getClass().getClassLoader(), "filesystem:" + this.folder);
		return new ChangeReader(Operations.catalog()).read(files).get(0).change();
	}

}
