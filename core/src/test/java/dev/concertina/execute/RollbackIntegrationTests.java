package dev.concertina.execute;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.CatalogScope;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class RollbackIntegrationTests {

	private static final String WRITTEN = "1=55 2=77 199=77 200=55 301=55 302=77";

	private final TestDatabase db;

	RollbackIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void installState() {
		Application.of(this.db).start();
	}

	@ParameterizedTest
	@MethodSource
	void losesNoRowOfEitherVersion(Example example, Halt halt) {
		example.createTable(this.db);
		CatalogDump structure = structure();
		String untouched = example.untouched(this.db);
		Application application = halt.bring(example.change(), this.db);
		example.write(this.db);
		rollBack(application, example.change());
		assertThat(structure()).isEqualTo(structure);
		assertThat(example.written(this.db)).isEqualTo(WRITTEN);
		assertThat(example.untouched(this.db)).isEqualTo(untouched);
	}

	@ParameterizedTest
	@EnumSource
	void losesNoRowAfterAComparisonThatFailed(Example example) {
		example.createTable(this.db);
		CatalogDump structure = structure();
		Change change = example.change();
		Application application = Halt.AFTER_THE_BACKFILL.bring(change, this.db);
		example.plantMismatch(this.db);
		application.concertina().steering().resume(change.id(), "test");
		application.run(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.VERIFY, Status.FAILED));
		example.write(this.db);
		rollBack(application, change);
		assertThat(structure()).isEqualTo(structure);
		assertThat(example.written(this.db)).isEqualTo(WRITTEN);
	}

	static Stream<Arguments> losesNoRowOfEitherVersion() {
		return Stream.of(Example.values())
			.flatMap((example) -> Stream.of(Halt.values()).map((halt) -> Arguments.of(example, halt)));
	}

	private static void rollBack(Application application, Change change) {
		application.concertina().steering().rollBack(change.id(), "ada", "we changed our minds");
		application.run(change);
		assertThat(application.status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
	}

	private CatalogDump structure() {
		return CatalogDump.of(this.db, CatalogScope.everything().withoutAllButFunctionsOf("concertina"));
	}

}
