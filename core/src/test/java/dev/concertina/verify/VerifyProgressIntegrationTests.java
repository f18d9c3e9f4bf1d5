package dev.concertina.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.concertina.Concertina;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.plan.Phase;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class VerifyProgressIntegrationTests {

	private final TestDatabase db;

	VerifyProgressIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void knowsTheWayOverBothTablesFromTheStart() {
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		AtomicReference<Concertina> concertina = new AtomicReference<>();
		List<Long> blocks = new ArrayList<>();
		Application application = Application.with(this.db, Halt.OPTIONS, (builder) -> builder.listener((event) -> {
			if (event instanceof BatchFinished batch && batch.phase() == Phase.VERIFY) {
				blocks.add(Objects.requireNonNull(concertina.get()).change(change.id()).orElseThrow().verify().units());
			}
		}), change);
		concertina.set(application.concertina());
		application.start().run(change);
		assertThat(blocks).hasSizeGreaterThan(1).containsOnly(blocks.get(blocks.size() - 1));
	}

}
