package dev.concertina.docs;

import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeReader;
import dev.concertina.change.ChangeSchema;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.Operations;
import dev.concertina.testing.GeneratedFile;
import dev.concertina.testing.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The JSON Schema that the jar has, and that an editor and the reader agree.
 */
class ChangeSchemaTests {

	private static final GeneratedFile FILE = new GeneratedFile(
			Page.root().resolve("core/src/main/resources/dev/concertina/concertina-change.schema.json"));

	private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
		.getSchema(FILE.text());

	@Test
	void isMadeOfTheOperations() {
		FILE.assertHolds(ChangeSchema.of(Operations.catalog()).describedBy(Javadoc::of).json());
	}

	@Test
	void tellsWhatEachOperationAndEachKeyIsFor() {
		assertThat(Operations.catalog())
			.satisfies((catalog) -> assertThat(ChangeSchema.of(catalog).describedBy((element) -> {
				assertThat(Javadoc.of(element)).as("Javadoc of " + element).isPresent();
				return Javadoc.of(element);
			}).json()).contains("what the change is for"));
	}

	@Test
	void takesTheExamplesOfThePages() {
		assertThat(OperationPage.all()).allSatisfy((page) -> assertThat(errors(page.yaml())).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{ addColumn: { table: t, column: c, type: int, default: 0, notNull: true } }]",
			"[{ addColumn: { table: t, column: c, type: int, default: NULL, up: ~ } }]",
			"[{ addColumn: { table: t, column: 7, type: int, default: true } }]\ncontract: automatic",
			"[{ renameColumn: { table: t, column: a, to: b } }, { setNotNull: { table: t, column: c } }]" })
	void takesWhatTheReaderTakes(String operations) {
		assertThat(errors("operations: " + operations)).isEmpty();
		assertThatNoException().isThrownBy(() -> read("operations: " + operations));
	}

	@ParameterizedTest
	@ValueSource(strings = { "operation: []", "operations: []", "operations: [renameColumn]",
			"operations: [{ renameColum: { table: t, column: a, to: b } }]",
			"operations: [{ renameColumn: { table: t, column: a } }]",
			"operations: [{ renameColumn: { table: t, column: a, to: b, from: c } }]",
			"operations: [{ renameColumn: { table: [t], column: a, to: b } }]",
			"operations: [{ renameColumn: { table: t, column: a, to: b }, setNotNull: { table: t, column: c } }]",
			"operations: [{ addColumn: { table: t, column: c, type: int, notNull: maybe } }]",
			"operations: [{ addUnique: { table: t } }]", "operations: [{ addUnique: { table: t, columns: [] } }]",
			"operations: [{ setNotNull: { table: t, column: c } }]\ncontract: never",
			"operations: [{ extractJsonArray: { table: t, column: c, into: i, parentKey: k, ordinal: o, columns: [{ name: n }] } }]" })
	void refusesWhatTheReaderRefuses(String change) {
		assertThat(errors(change)).isNotEmpty();
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> read(change));
	}

	private List<Error> errors(String yaml) {
		return this.schema.validate(yaml, InputFormat.YAML);
	}

	private static void read(String yaml) {
		new ChangeReader(Operations.catalog()).read(List.of(new ChangeFile("V1__change.yaml", yaml)));
	}

}
