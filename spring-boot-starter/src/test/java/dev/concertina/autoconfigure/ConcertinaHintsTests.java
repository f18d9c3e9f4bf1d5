package dev.concertina.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import dev.concertina.operation.Operations;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	ConcertinaHintsTests() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(ConcertinaHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void haveAllOperationsAndWhatTheyAndPlansAreMadeOf() {
		assertThat(Operations.catalog().types().values()).hasSizeGreaterThan(40).allSatisfy(this::assertIsMade);
		assertIsMade(TableName.class);
		assertIsMade(Ddl.class);
		assertIsMade(TableLock.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev/concertina/state/V1__state.sql", "db/evolution/V2__mail_to_email.yaml",
			"db/evolution-billing/V2__total_to_amount.yaml" })
	void haveTheFilesThatAreRead(String file) {
		assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(this.hints);
	}

	private void assertIsMade(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS))
			.accepts(this.hints);
	}

}
