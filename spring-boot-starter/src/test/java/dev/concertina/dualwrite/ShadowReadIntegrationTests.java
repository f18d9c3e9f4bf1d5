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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.Concertina;
import dev.concertina.state.LogEntry;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reads that are made on both structures, and what nobody may notice of them.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class ShadowReadIntegrationTests {

	private static final String ALL = "concertina.dual-write.shadow-share=100";

	@Test
	void nothingIsComparedByDefault(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database), database, 0)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isZero();
		}
	}

	@Test
	void aDifferenceIsCountedAndTheSideInChargeAnswers(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			Notes notes = shop.getBean(Notes.class);
			assertThat(notes.findText(1)).hasValue("old text");
			MoveNotes.writeBoth(database, 100);
			assertThat(notes.findText(1)).hasValue("new text");
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isEqualTo(2);
			assertThat(notes.findText(2)).isEmpty();
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isEqualTo(3);
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isEqualTo(2);
		}
	}

	@Test
	void aDifferenceIsToldByItsKeyAndOnceInAWhile(TestDatabase database, CapturedOutput output) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
						NoteShop.PlainSql.class, Listening.class), ALL),
				database, 0)) {
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
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, ALL, "concertina.dual-write.report-values=true"), database, 0)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(output).contains("the old one answers Optional[old text], the new one Optional[new text]");
		}
	}

	@Test
	void aDifferenceMovesReadsBackIfItShall(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
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
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 100)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(MoveNotes.readShare(database)).isEqualTo(100);
		}
	}

	@Test
	void whatTheApplicationTakesForEqualIsEqual(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class,
				NoteShop.Moving.class, NoteShop.PlainSql.class, Unordered.class), ALL)) {
			MoveNotes.writeBoth(database, 0);
			database.execute("INSERT INTO note_old VALUES (1, 'a'), (2, 'b')",
					"INSERT INTO note_new VALUES (2, 'b'), (1, 'a')");
			assertThat(shop.getBean(Notes.class).findAllTexts()).containsExactly("a", "b");
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
		}
	}

	@Test
	void anErrorOfTheShadowDoesNotReachTheCaller(TestDatabase database, CapturedOutput output) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			database.execute("DROP TABLE note_new");
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
			assertThat(NoteShop.count(shop, "concertina.shadow.failures")).isOne();
			assertThat(output).contains("Notes.findText(long) with key 1 can't be read from the new structure")
				.doesNotContain("does not exist");
		}
	}

	@Test
	void anErrorOfTheShadowLeavesTheTransactionOfTheCallerAsItIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			database.execute("DROP TABLE note_new");
			Notes notes = shop.getBean(Notes.class);
			transactions(shop, TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((transaction) -> {
				shop.getBean(OldNotes.class).save(2, "of the caller");
				assertThat(notes.findText(2)).hasValue("of the caller");
				shop.getBean(OldNotes.class).save(3, "and more");
			});
			assertThat(NoteShop.count(shop, "concertina.shadow.failures")).isOne();
			assertThat(MoveNotes.texts(database, "note_old")).containsExactly("old text", "of the caller", "and more");
		}
	}

	@Test
	void anErrorOfTheSideInChargeIsThatOfTheCaller(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			shop.getBean(OldNotes.class).beforeRead(() -> {
				throw new IllegalStateException("of the old one");
			});
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> shop.getBean(Notes.class).findText(1))
				.withMessage("of the old one");
		}
	}

	@Test
	void aWriteInBetweenIsNoDifference(TestDatabase database) {
		try (ConfigurableApplicationContext shop = equal(NoteShop.start(database, ALL), database)) {
			Notes notes = shop.getBean(Notes.class);
			shop.getBean(NewNotes.class).beforeRead(() -> overwrite(database, "in between"));
			assertThat(notes.findText(1)).hasValue("text");
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).as("in one snapshot").isOne();
			for (int isolation : new int[] { TransactionDefinition.ISOLATION_REPEATABLE_READ,
					TransactionDefinition.ISOLATION_DEFAULT }) {
				overwrite(database, "text");
				transactions(shop, isolation)
					.executeWithoutResult((transaction) -> assertThat(notes.findText(1)).hasValue("text"));
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isEqualTo(2);
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).as("nobody can tell").isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
		}
	}

	@Test
	void aDifferenceInATransactionIsFoundAtEachLevel(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			for (int isolation : new int[] { TransactionDefinition.ISOLATION_REPEATABLE_READ,
					TransactionDefinition.ISOLATION_DEFAULT }) {
				transactions(shop, isolation).executeWithoutResult(
						(transaction) -> assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text"));
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isEqualTo(2);
		}
	}

	@Test
	void whatIsStillBeingCopiedIsNotCompared(TestDatabase database) {
		try (ConfigurableApplicationContext shop = differing(NoteShop.start(database, ALL), database, 0)) {
			MoveNotes.set(database, "BACKFILL", "RUNNING", 0);
			shop.getBean(Notes.class).findText(1);
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
		}
	}

	@Test
	void aListenerThatFailsDisturbsNobody(TestDatabase database) {
		MoveNotes.fill(database);
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
						NoteShop.PlainSql.class, Failing.class), ALL),
				database, 0)) {
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
		}
	}

	@Test
	void aListenerThatWritesDoesSoOutsideOfTheTransactionThatReads(TestDatabase database) {
		MoveNotes.fill(database);
		database.execute("CREATE TABLE heard (what text)");
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
						NoteShop.PlainSql.class, Recording.class), ALL),
				database, 0)) {
			Notes notes = shop.getBean(Notes.class);
			TransactionTemplate reading = transactions(shop, TransactionDefinition.ISOLATION_DEFAULT);
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
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
			transactions(shop, TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((transaction) -> {
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
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, ALL, "concertina.dual-write.hold-back=true"), database, 100)) {
			transactions(shop, TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((transaction) -> {
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
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
						NoteShop.PlainSql.class, FailingInTransaction.class), ALL),
				database, 0)) {
			transactions(shop, TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((transaction) -> {
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
		try (ConfigurableApplicationContext shop = differing(
				NoteShop.start(database, List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
						NoteShop.PlainSql.class, Endless.class), ALL),
				database, 0)) {
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
		}
	}

	/**
	 * A transaction that began before keeps its rule, and others write the new one only.
	 */
	@Test
	void whatOthersWriteByTheNextRuleIsNoDifference(TestDatabase database) {
		try (ConfigurableApplicationContext shop = equal(NoteShop.start(database, ALL), database)) {
			Notes notes = shop.getBean(Notes.class);
			NewNotes fresh = shop.getBean(NewNotes.class);
			for (String status : new String[] { "CONTRACTING", "ROLLING_BACK" }) {
				MoveNotes.writeBoth(database, 0);
				fresh.beforeRead(() -> {
				});
				overwrite(database, "text");
				transactions(shop, TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((transaction) -> {
					notes.findText(1);
					fresh.beforeRead(() -> {
						MoveNotes.set(database, "CONTRACT", status, 0);
						database.execute("UPDATE note_new SET text = 'by the next rule'");
					});
					assertThat(notes.findText(1)).as("while it is compared").hasValue("text");
					assertThat(notes.findText(1)).as("since then").hasValue("text");
				});
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).isEqualTo(4);
		}
	}

	private static ConfigurableApplicationContext differing(ConfigurableApplicationContext shop, TestDatabase database,
			int readShare) {
		MoveNotes.writeBoth(database, readShare);
		database.execute("INSERT INTO note_old VALUES (1, 'old text')", "INSERT INTO note_new VALUES (1, 'new text')");
		return shop;
	}

	private static ConfigurableApplicationContext equal(ConfigurableApplicationContext shop, TestDatabase database) {
		MoveNotes.writeBoth(database, 0);
		database.execute("INSERT INTO note_old VALUES (1, 'text')", "INSERT INTO note_new VALUES (1, 'text')");
		return shop;
	}

	/**
	 * Both in one transaction, as the router does.
	 */
	private static void overwrite(TestDatabase database, String text) {
		database.execute("UPDATE note_old SET text = '%s'; UPDATE note_new SET text = '%s'".formatted(text, text));
	}

	private static TransactionTemplate transactions(ConfigurableApplicationContext shop, int isolation) {
		TransactionTemplate template = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
		template.setIsolationLevel(isolation);
		return template;
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		private final List<ShadowMismatch> mismatches = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ShadowMismatch mismatch) {
			this.mismatches.add(mismatch);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unordered {

		@Bean
		ResultComparator comparator() {
			return ResultComparator.ignoringOrder();
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
