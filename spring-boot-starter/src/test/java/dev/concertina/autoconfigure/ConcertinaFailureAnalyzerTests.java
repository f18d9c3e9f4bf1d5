package dev.concertina.autoconfigure;

import java.util.List;

import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaFailureAnalyzerTests {

	private final FailureAnalyzer analyzer = new ConcertinaFailureAnalyzer();

	@Test
	void tellsProblemAndAction() {
		FailureAnalysis analysis = this.analyzer
			.analyze(new ConcertinaException("Change 'x' got no lock on customer", "End these transactions."));
		assertThat(analysis.getDescription()).isEqualTo("Change 'x' got no lock on customer");
		assertThat(analysis.getAction()).isEqualTo("End these transactions.");
	}

	@Test
	void findsTheFailureBehindThatOfFlywayAndOfABean() {
		ConcertinaException cause = new ConcertinaException("problem", "action");
		FailureAnalysis analysis = this.analyzer
			.analyze(new BeanCreationException("flywayInitializer", new FlywayException("failed", cause)));
		assertThat(analysis.getDescription()).isEqualTo("problem");
		assertThat(analysis.getCause()).isSameAs(cause);
	}

	@Test
	void tellsEveryProblem() {
		FailureAnalysis analysis = this.analyzer
			.analyze(new RefusedChangesException(List.of(new Problem("V1__a.yaml:3", "There is no table x", "Name one"),
					new Problem("V2__b.yaml:5", "There is no column y", "Name one"))));
		assertThat(analysis.getDescription()).contains("V1__a.yaml:3: There is no table x. Name one")
			.contains("V2__b.yaml:5: There is no column y. Name one");
	}

	@Test
	void leavesOtherFailuresToOthers() {
		assertThat(this.analyzer.analyze(new FlywayException("failed"))).isNull();
	}

	@Test
	void isFoundBySpringBoot() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, (type, name, failure) -> {
			})).hasAtLeastOneElementOfType(ConcertinaFailureAnalyzer.class);
	}

}
