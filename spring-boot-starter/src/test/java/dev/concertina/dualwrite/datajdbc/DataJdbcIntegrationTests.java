package dev.concertina.dualwrite.datajdbc;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.dualwrite.MoveNotes;
import dev.concertina.dualwrite.NoteShop;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Two repositories of Spring Data JDBC are the two sides.
 */
@PostgresTest
class DataJdbcIntegrationTests {

	@Test
	void bothAreWrittenAndReadsMove(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			Memos memos = shop.getBean(Memos.class);
			memos.setText(1, "a");
			memos.setText(2, "b");
			memos.deleteById(2L);
			assertThat(MoveNotes.texts(database, "note_old")).containsExactly("a");
			assertThat(MoveNotes.texts(database, "note_new")).containsExactly("a");
			database.execute("UPDATE note_new SET text = 'new'");
			assertThat(memos.findTextById(1)).hasValue("a");
			MoveNotes.writeBoth(database, 100);
			assertThat(memos.findTextById(1)).hasValue("new");
			assertThat(memos.findIds()).containsExactly(1L);
		}
	}

	@Test
	void aFailureOfEitherTakesBothBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			database.execute("ALTER TABLE note_new ADD CHECK (text <> 'bad for new')");
			for (String text : List.of("bad for old", "bad for new")) {
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> shop.getBean(Memos.class).setText(1, text));
				assertThat(MoveNotes.texts(database, "note_old")).isEmpty();
				assertThat(MoveNotes.texts(database, "note_new")).isEmpty();
			}
		}
	}

	@Test
	void bothJoinTheTransactionOfTheCallerAndGoBackWithIt(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			Memos memos = shop.getBean(Memos.class);
			TransactionTemplate caller = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
			memos.setText(1, "a");
			caller.executeWithoutResult((transaction) -> {
				memos.setText(1, "b");
				memos.setText(2, "c");
				assertThat(memos.findIds()).containsExactly(1L, 2L);
				transaction.setRollbackOnly();
			});
			assertThatIllegalStateException().isThrownBy(() -> caller.executeWithoutResult((transaction) -> {
				memos.deleteById(1L);
				throw new IllegalStateException("of the caller");
			}));
			for (String table : List.of("note_old", "note_new")) {
				assertThat(MoveNotes.texts(database, table)).containsExactly("a");
			}
		}
	}

	/**
	 * The methods of its repositories are transactional, and a failure of them marks the
	 * transaction that they join.
	 */
	@Test
	void anErrorOfTheShadowLeavesTheTransactionOfTheCallerAsItIs(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.dual-write.shadow-share=100")) {
			Memos memos = shop.getBean(Memos.class);
			memos.setText(1, "a");
			database.execute("ALTER TABLE note_new RENAME TO gone");
			assertThat(memos.findTextById(1)).hasValue("a");
			new TransactionTemplate(shop.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((transaction) -> {
					assertThat(memos.findTextById(1)).hasValue("a");
					shop.getBean(OldMemos.class).setText(2, "of the caller");
				});
			assertThat(MoveNotes.texts(database, "note_old")).containsExactly("a", "of the caller");
			assertThat(NoteShop.count(shop, "concertina.shadow.failures")).isEqualTo(2);
		}
	}

	private static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		MoveNotes.fill(database);
		ConfigurableApplicationContext shop = NoteShop.start(database,
				List.of(WithRepositories.class, NoteShop.Moving.class), properties);
		MoveNotes.writeBoth(database, 0);
		return shop;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	static class WithRepositories {

	}

}
