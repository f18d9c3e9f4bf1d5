package dev.concertina.dualwrite;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which structure answers a read.
 */
@PostgresTest
class ReadShareIntegrationTests {

	private static final int KEYS = 500;

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void readsMoveByTheShareAndBackAtAnyTime(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeBoth(database, 0);
			assertThat(newKeys(shop)).isEmpty();
			Set<Long> half = afterShare(shop, 50);
			assertThat(half).hasSizeBetween(KEYS * 4 / 10, KEYS * 6 / 10);
			assertThat(newKeys(shop)).as("sticky").isEqualTo(half);
			assertThat(afterShare(shop, 80)).as("nobody moves back").containsAll(half).hasSizeGreaterThan(half.size());
			assertThat(afterShare(shop, 100)).hasSize(KEYS);
			assertThat(afterShare(shop, 50)).isEqualTo(half);
			assertThat(afterShare(shop, 0)).isEmpty();
		}
	}

	@Test
	void theShareIsReadWhereTheStateIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database, "concertina.schema=ops_changes")) {
			database.execute("UPDATE ops_changes.change SET phase = 'CONTRACT', read_share = 100");
			assertThat(newKeys(shop)).hasSize(KEYS);
			database.execute("UPDATE ops_changes.change SET read_share = 0");
			assertThat(newKeys(shop)).isEmpty();
		}
	}

	private static Set<Long> afterShare(ConfigurableApplicationContext shop, int share) {
		shop.getBean(Steering.class).readShare(MoveNotes.CHANGE.id(), share, "Ada");
		return newKeys(shop);
	}

	private static Set<Long> newKeys(ConfigurableApplicationContext shop) {
		Notes notes = shop.getBean(Notes.class);
		return LongStream.range(0, KEYS)
			.filter((key) -> notes.answeredBy(key).equals("note_new"))
			.boxed()
			.collect(Collectors.toSet());
	}

	@Test
	void whatHasNoKeyIsStickyInATransaction(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeBoth(database, 50);
			Notes notes = shop.getBean(Notes.class);
			assertThat(answers(notes)).hasSize(2);
			for (int transaction = 0; transaction < 20; transaction++) {
				new TransactionTemplate(shop.getBean(PlatformTransactionManager.class))
					.executeWithoutResult((status) -> assertThat(answers(notes)).hasSize(1));
			}
		}
	}

	@Test
	void whatHasNoKeyIsStickyInARequest(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeBoth(database, 50);
			Notes notes = shop.getBean(Notes.class);
			Set<String> all = IntStream.range(0, 40).boxed().flatMap((request) -> {
				RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
				Set<String> answers = answers(notes);
				assertThat(answers).hasSize(1);
				return answers.stream();
			}).collect(Collectors.toSet());
			assertThat(all).hasSize(2);
		}
	}

	private static Set<String> answers(Notes notes) {
		return IntStream.range(0, 50).mapToObj((call) -> notes.anyAnsweredBy()).collect(Collectors.toSet());
	}

	@Test
	void aChangeThatIsNotExpandedReadsTheOldStructure(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = NoteShop.start(database,
				List.of(NoteShop.WithoutRepositories.class, NoteShop.PlainSql.class), "concertina.enabled=false",
				"spring.flyway.enabled=false")) {
			assertThat(shop.getBean(Notes.class).answeredBy(1)).isEqualTo("note_old");
			assertThat(shop.getBean(Notes.class).save(1, "a")).isEqualTo("note_old");
		}
	}

	@Test
	void whatTheCallerReadsLaterIsStillOpenThen(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database, "concertina.dual-write.shadow-share=100")) {
			MoveNotes.writeBoth(database, 0);
			shop.getBean(Notes.class).save(1, "a");
			try (Stream<String> texts = shop.getBean(Notes.class).streamAllTexts()) {
				assertThat(texts).containsExactly("a");
			}
			new TransactionTemplate(shop.getBean(PlatformTransactionManager.class)).executeWithoutResult((status) -> {
				try (Stream<String> texts = shop.getBean(Notes.class).streamAllTexts()) {
					assertThat(texts).containsExactly("a");
				}
			});
		}
	}

	/**
	 * It would be written on one side only.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 100 })
	void aReadThatWritesInSecretFails(int shadowShare, TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database,
				"concertina.dual-write.shadow-share=" + shadowShare)) {
			OldNotes old = shop.getBean(OldNotes.class);
			old.beforeRead(() -> old.save(2, "seen"));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> shop.getBean(Notes.class).findText(1))
				.withMessageContaining("read-only transaction");
			assertThat(MoveNotes.texts(database, "note_old")).isEmpty();
		}
	}

	/**
	 * As the driver does by itself, but only outside of a transaction.
	 */
	@Test
	void whatWasPreparedBeforeDdlIsReadAfterIt(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database,
				"spring.datasource.hikari.data-source-properties.autosave=never",
				"spring.datasource.hikari.data-source-properties.prepareThreshold=1")) {
			Notes notes = shop.getBean(Notes.class);
			notes.save(1, "a");
			notes.findText(1);
			notes.findText(1);
			database.execute("ALTER TABLE note_old ALTER text TYPE varchar(50)");
			assertThat(notes.findText(1)).hasValue("a");
		}
	}

	@Test
	void aReadMayGoOnAfterAnError(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			shop.getBean(Notes.class).save(1, "a");
			shop.getBean(OldNotes.class)
				.beforeRead(() -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(
						() -> shop.getBean(JdbcClient.class).sql("SELECT 1 FROM nothing").query().listOfRows()));
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("a");
		}
	}

	@Test
	void aReadMayGoOnAfterAPartOfItIsRolledBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			shop.getBean(Notes.class).save(1, "a");
			TransactionTemplate part = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
			shop.getBean(OldNotes.class)
				.beforeRead(() -> part.executeWithoutResult((transaction) -> transaction.setRollbackOnly()));
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("a");
		}
	}

	/**
	 * It has looked where the change is, and is held up before it reads.
	 */
	@Test
	void aRollbackWaitsForAReadThatIsOnItsWayToTheNewStructure(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database, "concertina.backfill.enabled=true")) {
			ChangeId id = MoveNotes.CHANGE.id();
			Concertina concertina = shop.getBean(Concertina.class);
			shop.getBean(Notes.class).save(1, "a");
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> concertina.change(id).orElseThrow().state().equals(State.running(Phase.CONTRACT)));
			shop.getBean(Steering.class).readShare(id, 100, "Ada");
			shop.getBean(NewNotes.class).beforeRead(() -> {
				shop.getBean(Steering.class).rollBack(id, "Ada", "while it is read");
				Awaitility.await()
					.untilAsserted(() -> assertThat(concertina.change(id).orElseThrow().objections().toString())
						.contains("transactions have begun before"));
			});
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("a");
			Awaitility.await().until(() -> concertina.change(id).orElseThrow().state().status() == Status.ROLLED_BACK);
		}
	}

	@Test
	void readsFollowARollback(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.set(database, "CONTRACT", "ROLLING_BACK", 0);
			assertThat(newKeys(shop)).isEmpty();
			MoveNotes.writeNew(database);
			assertThat(newKeys(shop)).hasSize(KEYS);
		}
	}

}
