package dev.concertina.dualwrite;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.Concertina;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where writes go, and what is left of them when one fails.
 */
@PostgresTest
class DualWriteIntegrationTests {

	private static final String OLD = "note_old";

	private static final String NEW = "note_new";

	@Test
	void onlyTheOldStructureIsWrittenBefore(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeOld(database);
			assertThat(shop.getBean(Notes.class).save(1, "a")).isEqualTo(OLD);
			assertThat(MoveNotes.texts(database, OLD)).containsExactly("a");
			assertThat(MoveNotes.texts(database, NEW)).isEmpty();
		}
	}

	@Test
	void bothAreWrittenInOneTransaction(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			shop.getBean(Notes.class).save(1, "a");
			assertThat(MoveNotes.texts(database, OLD)).containsExactly("a");
			assertThat(MoveNotes.texts(database, NEW)).containsExactly("a");
			assertThat(transaction(database, OLD)).isEqualTo(transaction(database, NEW));
			shop.getBean(Notes.class).deleteById(1);
			assertThat(MoveNotes.texts(database, OLD)).isEmpty();
			assertThat(MoveNotes.texts(database, NEW)).isEmpty();
		}
	}

	private static String transaction(TestDatabase database, String table) {
		return database.jdbc().sql("SELECT xmin::text FROM " + table).query((row, number) -> row.getString(1)).single();
	}

	@Test
	void onlyTheNewStructureIsWrittenAfterwards(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeNew(database);
			database.execute("DROP TABLE note_old");
			assertThat(shop.getBean(Notes.class).save(1, "a")).isEqualTo(NEW);
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("a");
		}
	}

	@Test
	void theOldOneAnswersUntilAllReadsHaveMoved(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			Notes notes = shop.getBean(Notes.class);
			MoveNotes.writeBoth(database, 99);
			assertThat(notes.save(1, "a")).isEqualTo(OLD);
			MoveNotes.writeBoth(database, 100);
			assertThat(notes.save(1, "b")).isEqualTo(NEW);
			assertThat(MoveNotes.texts(database, OLD)).containsExactly("b");
		}
	}

	@Test
	void aFailureOfTheNewOneTakesTheOldOneBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			database.execute("ALTER TABLE note_new ADD CHECK (text <> 'bad for new')");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> shop.getBean(Notes.class).save(1, "bad for new"));
			isEmpty(database);
		}
	}

	@Test
	void aFailureOfTheOldOneKeepsTheNewOneAsItIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeBoth(database, 100);
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> shop.getBean(Notes.class).save(1, "bad for old"));
			isEmpty(database);
		}
	}

	@Test
	void aCheckedExceptionReachesTheCallerAndTakesBothBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			for (String side : new String[] { OLD, NEW }) {
				assertThatExceptionOfType(Notes.RefusedException.class)
					.isThrownBy(() -> shop.getBean(Notes.class).saveOrRefuse(1, "refused by " + side));
				isEmpty(database);
			}
		}
	}

	@Test
	void bothJoinTheTransactionOfTheCaller(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			transactions(shop).executeWithoutResult((transaction) -> {
				shop.getBean(Notes.class).save(1, "a");
				transaction.setRollbackOnly();
			});
			isEmpty(database);
			transactions(shop).executeWithoutResult((transaction) -> {
				shop.getBean(Notes.class).save(1, "a");
				assertThat(MoveNotes.texts(database, NEW)).as("not committed").isEmpty();
			});
			assertThat(MoveNotes.texts(database, NEW)).containsExactly("a");
		}
	}

	/**
	 * Without an error of the database, so that nothing but the router keeps the half of
	 * it from being committed.
	 */
	@Test
	void aCallerThatCatchesTheExceptionCanNotCommitOneHalf(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> transactions(shop).executeWithoutResult((transaction) -> {
					shop.getBean(JdbcClient.class).sql("INSERT INTO note_old VALUES (7, 'of the caller')").update();
					try {
						shop.getBean(Notes.class).saveOrRefuse(1, "refused by note_new");
					}
					catch (Notes.RefusedException ex) {
						// as if nothing had happened
					}
				}));
			isEmpty(database);
		}
	}

	@Test
	void theRuleOfATransactionIsReadOnceAndKept(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			Notes notes = shop.getBean(Notes.class);
			MoveNotes.writeOld(database);
			transactions(shop).executeWithoutResult((transaction) -> {
				notes.save(1, "a");
				MoveNotes.writeBoth(database, 100);
				notes.save(2, "b");
				assertThat(notes.answeredBy(2)).isEqualTo(OLD);
			});
			assertThat(MoveNotes.texts(database, NEW)).isEmpty();
			notes.save(3, "c");
			assertThat(MoveNotes.texts(database, NEW)).containsExactly("c");
		}
	}

	@Test
	void aTransactionInBetweenHasARuleOfItsOwn(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			Notes notes = shop.getBean(Notes.class);
			TransactionTemplate apart = transactions(shop);
			apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			MoveNotes.writeOld(database);
			transactions(shop).executeWithoutResult((transaction) -> {
				notes.save(1, "a");
				MoveNotes.writeBoth(database, 0);
				apart.executeWithoutResult((inner) -> notes.save(2, "b"));
				notes.save(3, "c");
			});
			assertThat(MoveNotes.texts(database, NEW)).containsExactly("b");
		}
	}

	@Test
	void theStateIsReadOnTheConnectionOfTheTransaction(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.writeOld(database);
			transactions(shop).executeWithoutResult((transaction) -> {
				shop.getBean(JdbcClient.class)
					.sql("UPDATE concertina.change SET phase = 'CONTRACT' WHERE id = 'move_notes'")
					.update();
				shop.getBean(Notes.class).save(1, "a");
				transaction.setRollbackOnly();
				assertThat(shop.getBean(JdbcClient.class)
					.sql("SELECT count(*) FROM note_new")
					.query(Integer.class)
					.single()).isOne();
			});
		}
	}

	@Test
	void nothingIsCopiedWhileAnotherBeanTakesThePlaceOfTheRouter(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class,
				NoteShop.Moving.class, NoteShop.PlainSql.class, InItsPlace.class),
				"concertina.backfill.enabled=true")) {
			assertThat(shop.getBean(Notes.class).save(1, "a")).isEqualTo(OLD);
			Awaitility.await()
				.untilAsserted(() -> assertThat(shop.getBean(Concertina.class)
					.change(MoveNotes.CHANGE.id())
					.orElseThrow()
					.objections()
					.toString()).contains("do not write both structures"));
		}
	}

	/**
	 * Such as one of Kafka.
	 */
	@Test
	void aTransactionOfSomethingElseIsNotWrittenIn(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class,
				NoteShop.Moving.class, NoteShop.PlainSql.class, TransactionsElsewhere.Manager.class))) {
			assertThatExceptionOfType(ConcertinaException.class)
				.isThrownBy(() -> shop.getBean(Notes.class).save(1, "a"))
				.withMessage("The transaction of a write of change 'move_notes' is not one of its data source");
			assertThatExceptionOfType(ConcertinaException.class).as("whose connection was used in it")
				.isThrownBy(() -> transactions(shop).executeWithoutResult((transaction) -> {
					shop.getBean(OldNotes.class).findText(1);
					shop.getBean(Notes.class).save(1, "a");
				}));
			isEmpty(database);
		}
	}

	@Test
	void aTransactionOfAnotherDataSourceKeepsNoRule(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			Notes notes = shop.getBean(Notes.class);
			DataSource other = new DriverManagerDataSource(database.url(), database.user(), database.password());
			MoveNotes.writeBoth(database, 0);
			new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult((transaction) -> {
				assertThat(notes.answeredBy(1)).isEqualTo(OLD);
				MoveNotes.writeBoth(database, 100);
				assertThat(notes.answeredBy(1)).isEqualTo(NEW);
				assertThat(notes.save(1, "a")).isEqualTo(NEW);
				transaction.setRollbackOnly();
			});
			assertThat(MoveNotes.texts(database, OLD)).as("a transaction of its own").containsExactly("a");
		}
	}

	@Test
	void theSidesCanStillBeInjectedByThemselves(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			shop.getBean(NewNotes.class).save(1, "only new");
			assertThat(shop.getBean(OldNotes.class).findText(1)).isEqualTo(Optional.empty());
			assertThat(shop.getBean(Notes.class))
				.hasToString("router of dev.concertina.dualwrite.Notes for change 'move_notes'");
		}
	}

	private static TransactionTemplate transactions(ConfigurableApplicationContext shop) {
		return new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
	}

	private static void isEmpty(TestDatabase database) {
		assertThat(MoveNotes.texts(database, OLD)).isEmpty();
		assertThat(MoveNotes.texts(database, NEW)).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class InItsPlace {

		@Bean
		@Primary
		Notes cached(OldNotes notes) {
			return notes;
		}

	}

}
