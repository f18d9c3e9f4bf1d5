package dev.concertina.dualwrite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.Concertina;
import dev.concertina.state.LogEntry;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told of reads that were made on both structures, outside of what has read.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class ShadowReportIntegrationTests {

	private static final String ALL = "concertina.dual-write.shadow-share=100";

	@Test
	void aDifferenceIsToldByItsKeyAndOnceInAWhile(TestDatabase database, CapturedOutput output) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
					NoteShop.PlainSql.class, Listening.class), ALL), database, 0)) {
			shop.getBean(Notes.class).findText(1);
			shop.getBean(Notes.class).findText(1);
			assertThat(shop.getBean(Listening.class).mismatches)
				.containsExactly(new ShadowMismatch(MoveNotes.CHANGE.id(), "Notes.findText(long)", "key 1", 0));
			assertThat(output)
				.containsOnlyOnce("move_notes - The structures differ in Notes.findText(long) with key 1;")
				.doesNotContain("old text")
				.doesNotContain("new text");
		}
	}

	@Test
	void resultsAreToldIfSomebodyAsksForThem(TestDatabase database, CapturedOutput output) {
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, ALL, "concertina.dual-write.report-values=true"), database, 0)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(output).contains("the old one answers Optional[old text], the new one Optional[new text]");
		}
	}

	@Test
	void aDifferenceMovesReadsBackIfItShall(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("new text");
			assertThat(MoveNotes.readShare(database)).isZero();
			assertThat(shop.getBean(Concertina.class).history(MoveNotes.CHANGE.id())).last()
				.extracting(LogEntry::actor)
				.isEqualTo("shadow reads");
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
		}
	}

	@Test
	void aDifferenceMovesNothingBackUnlessItShall(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				100)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(MoveNotes.readShare(database)).isEqualTo(100);
		}
	}

	@Test
	void aListenerThatFailsDisturbsNobody(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
					NoteShop.PlainSql.class, Failing.class), ALL), database, 0)) {
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
		}
	}

	@Test
	void aListenerThatWritesDoesSoOutsideOfTheTransactionThatReads(TestDatabase database) {
		MoveNotes.fill(database);
		database.execute("CREATE TABLE heard (what text)");
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
					NoteShop.PlainSql.class, Recording.class), ALL), database, 0)) {
			Notes notes = shop.getBean(Notes.class);
			TransactionTemplate reading = ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT);
			reading.setReadOnly(true);
			reading.executeWithoutResult((transaction) -> {
				assertThat(notes.findText(1)).hasValue("old text");
				assertThat(notes.findText(2)).isEmpty();
			});
			assertThat(heard(database)).containsExactly("DIFFERED", "event", "AGREED");
			notes.findText(1);
			assertThat(heard(database)).hasSize(4);
		}
	}

	private static List<String> heard(TestDatabase database) {
		return database.jdbc().sql("SELECT what FROM heard").query((row, number) -> row.getString(1)).list();
	}

	@Test
	void whatIsFoundIsToldAlsoIfTheTransactionIsRolledBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
			ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((transaction) -> {
					shop.getBean(Notes.class).findText(1);
					shop.getBean(Notes.class).findText(1);
					shop.getBean(Notes.class).findText(1);
					assertThat(MoveNotes.readShare(database)).as("not yet").isEqualTo(100);
					transaction.setRollbackOnly();
				});
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isEqualTo(3);
			assertThat(MoveNotes.readShare(database)).isZero();
			assertThat(heldBack(shop)).isOne();
		}
	}

	@Test
	void whatIsHeldBackAlreadyIsLeftAlone(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
			ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((transaction) -> {
					shop.getBean(Notes.class).findText(1);
					MoveNotes.writeBoth(database, 0);
				});
			assertThat(heldBack(shop)).isZero();
		}
	}

	private static long heldBack(ConfigurableApplicationContext shop) {
		return shop.getBean(Concertina.class)
			.history(MoveNotes.CHANGE.id())
			.stream()
			.filter((entry) -> entry.actor().equals("shadow reads"))
			.count();
	}

	@Test
	void aTransactionalListenerThatFailsDoesNotTakeTheTransactionBack(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
					NoteShop.PlainSql.class, FailingInTransaction.class), ALL), database, 0)) {
			ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((transaction) -> {
					shop.getBean(Notes.class).findText(1);
					shop.getBean(OldNotes.class).save(2, "of the caller");
				});
			assertThat(MoveNotes.texts(database, "note_old")).contains("of the caller");
		}
	}

	/**
	 * Such as results that refer to each other, when they are written down.
	 */
	@Test
	void anErrorOfAReportDoesNotReachTheReader(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = ShadowedNotes
			.differing(NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
					NoteShop.PlainSql.class, Endless.class), ALL), database, 0)) {
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		private final List<ShadowMismatch> mismatches = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ShadowMismatch mismatch) {
			this.mismatches.add(mismatch);
		}

	}

	/**
	 * Writes down what it hears, in whatever transaction there is.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Recording {

		@Bean
		ShadowListener listener(JdbcClient jdbc) {
			return (change, outcome) -> jdbc.sql("INSERT INTO heard VALUES (?)").param(outcome.name()).update();
		}

		@Bean
		ApplicationListener<PayloadApplicationEvent<ShadowMismatch>> events(JdbcClient jdbc) {
			return (event) -> jdbc.sql("INSERT INTO heard VALUES ('event')").update();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingInTransaction {

		@EventListener
		@Transactional
		void on(ShadowMismatch mismatch) {
			throw new IllegalStateException("of the listener for " + mismatch);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Endless {

		@Bean
		ShadowListener listener() {
			return (change, outcome) -> {
				throw new StackOverflowError();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		ShadowListener listener() {
			return (change, outcome) -> {
				throw new IllegalStateException("of the listener");
			};
		}

		@EventListener
		void on(ShadowMismatch mismatch) {
			throw new IllegalStateException("of the listener for " + mismatch);
		}

	}

}
