package dev.concertina.dualwrite;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;

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
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database), database, 0)) {
			shop.getBean(Notes.class).findText(1);
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isZero();
		}
	}

	@Test
	void aDifferenceIsCountedAndTheSideInChargeAnswers(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
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
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
			database.execute("DROP TABLE note_new");
			assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text");
			assertThat(NoteShop.count(shop, "concertina.shadow.failures")).isOne();
			assertThat(output).contains("Notes.findText(long) with key 1 can't be read from the new structure")
				.doesNotContain("does not exist");
		}
	}

	@Test
	void anErrorOfTheShadowLeavesTheTransactionOfTheCallerAsItIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
			database.execute("DROP TABLE note_new");
			Notes notes = shop.getBean(Notes.class);
			ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((transaction) -> {
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
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
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
		try (ConfigurableApplicationContext shop = ShadowedNotes.equal(NoteShop.start(database, ALL), database)) {
			Notes notes = shop.getBean(Notes.class);
			shop.getBean(NewNotes.class).beforeRead(() -> ShadowedNotes.overwrite(database, "in between"));
			assertThat(notes.findText(1)).hasValue("text");
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).as("in one snapshot").isOne();
			for (int isolation : new int[] { TransactionDefinition.ISOLATION_REPEATABLE_READ,
					TransactionDefinition.ISOLATION_DEFAULT }) {
				ShadowedNotes.overwrite(database, "text");
				ShadowedNotes.transactions(shop, isolation)
					.executeWithoutResult((transaction) -> assertThat(notes.findText(1)).hasValue("text"));
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isEqualTo(2);
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).as("nobody can tell").isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
		}
	}

	@Test
	void aDifferenceInATransactionIsFoundAtEachLevel(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
			for (int isolation : new int[] { TransactionDefinition.ISOLATION_REPEATABLE_READ,
					TransactionDefinition.ISOLATION_DEFAULT }) {
				ShadowedNotes.transactions(shop, isolation)
					.executeWithoutResult(
							(transaction) -> assertThat(shop.getBean(Notes.class).findText(1)).hasValue("old text"));
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isEqualTo(2);
		}
	}

	@Test
	void whatIsStillBeingCopiedIsNotCompared(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.differing(NoteShop.start(database, ALL), database,
				0)) {
			MoveNotes.set(database, "BACKFILL", "RUNNING", 0);
			shop.getBean(Notes.class).findText(1);
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isZero();
		}
	}

	/**
	 * A transaction that began before keeps its rule, and others write the new one only.
	 */
	@Test
	void whatOthersWriteByTheNextRuleIsNoDifference(TestDatabase database) {
		try (ConfigurableApplicationContext shop = ShadowedNotes.equal(NoteShop.start(database, ALL), database)) {
			Notes notes = shop.getBean(Notes.class);
			NewNotes fresh = shop.getBean(NewNotes.class);
			for (String status : new String[] { "CONTRACTING", "ROLLING_BACK" }) {
				MoveNotes.writeBoth(database, 0);
				fresh.beforeRead(() -> {
				});
				ShadowedNotes.overwrite(database, "text");
				ShadowedNotes.transactions(shop, TransactionDefinition.ISOLATION_DEFAULT)
					.executeWithoutResult((transaction) -> {
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

	@Configuration(proxyBeanMethods = false)
	static class Unordered {

		@Bean
		ResultComparator comparator() {
			return ResultComparator.ignoringOrder();
		}

	}

}
