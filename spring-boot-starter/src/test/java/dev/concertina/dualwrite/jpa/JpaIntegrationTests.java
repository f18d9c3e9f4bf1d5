package dev.concertina.dualwrite.jpa;

import java.util.List;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.dualwrite.MoveNotes;
import dev.concertina.dualwrite.NoteShop;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two repositories of Spring Data JPA are the two sides.
 */
@PostgresTest
class JpaIntegrationTests {

	@Test
	void bothAreWrittenInOneTransactionAndReadsMove(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			assertThat(shop.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
			Memos memos = shop.getBean(Memos.class);
			memos.add(1, "a");
			memos.add(2, "b");
			memos.deleteById(2L);
			assertThat(MoveNotes.texts(database, "note_old")).containsExactly("a");
			assertThat(MoveNotes.texts(database, "note_new")).containsExactly("a");
			assertThat(database.jdbc()
				.sql("SELECT n.xmin = o.xmin FROM note_old o, note_new n")
				.query(Boolean.class)
				.single()).isTrue();
			database.execute("UPDATE note_new SET text = 'new'");
			assertThat(memos.findTextById(1)).hasValue("a");
			MoveNotes.writeBoth(database, 100);
			assertThat(memos.findTextById(1)).hasValue("new");
		}
	}

	@Test
	void aFailureOfEitherTakesBothBack(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			database.execute("ALTER TABLE note_new ADD CHECK (text <> 'bad for new')");
			for (String text : List.of("bad for old", "bad for new")) {
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> shop.getBean(Memos.class).add(1, text));
				isEmpty(database);
			}
		}
	}

	@Test
	void whatASideHasLeftForLaterIsWrittenBeforeTheOtherOnesTurn(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			database.execute("ALTER TABLE note_new ADD FOREIGN KEY (id) REFERENCES note_old");
			transactions(shop).executeWithoutResult((transaction) -> {
				shop.getBean(Memos.class).add(1, "a");
				assertThat(shop.getBean(JdbcClient.class)
					.sql("SELECT count(*) FROM note_old o JOIN note_new n USING (id)")
					.query(Integer.class)
					.single()).as("written already").isOne();
			});
			assertThat(MoveNotes.texts(database, "note_new")).containsExactly("a");
		}
	}

	@Test
	void theStateIsReadOnTheConnectionOfTheTransaction(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			MoveNotes.writeOld(database);
			transactions(shop).executeWithoutResult((transaction) -> {
				shop.getBean(EntityManager.class)
					.createNativeQuery("UPDATE concertina.change SET phase = 'CONTRACT'")
					.executeUpdate();
				shop.getBean(Memos.class).add(1, "a");
				assertThat(shop.getBean(JdbcClient.class)
					.sql("SELECT count(*) FROM note_new")
					.query(Integer.class)
					.single()).isOne();
				transaction.setRollbackOnly();
			});
			isEmpty(database);
		}
	}

	@Test
	void aCallerThatCatchesTheExceptionCanNotCommitOneHalf(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database)) {
			database.execute("ALTER TABLE note_new ADD CHECK (text <> 'bad for new')");
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> transactions(shop).executeWithoutResult((transaction) -> assertThatException()
					.isThrownBy(() -> shop.getBean(Memos.class).add(1, "bad for new"))));
			isEmpty(database);
		}
	}

	@Test
	void shadowsAreReadInATransactionOfTheirOwn(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.dual-write.shadow-share=100")) {
			Memos memos = shop.getBean(Memos.class);
			memos.add(1, "a");
			assertThat(memos.findTextById(1)).hasValue("a");
			database.execute("UPDATE note_new SET text = 'new'");
			assertThat(memos.findTextById(1)).hasValue("a");
			assertThat(NoteShop.count(shop, "concertina.shadow.mismatches")).isOne();
			database.execute("ALTER TABLE note_new RENAME TO gone");
			assertThat(memos.findTextById(1)).hasValue("a");
			assertThat(NoteShop.count(shop, "concertina.shadow.failures")).isOne();
		}
	}

	/**
	 * JPA gives a transaction up after an error, so nothing is risked there.
	 */
	@Test
	void nothingIsComparedInATransactionOfTheCaller(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.dual-write.shadow-share=100")) {
			Memos memos = shop.getBean(Memos.class);
			memos.add(1, "a");
			database.execute("ALTER TABLE note_new RENAME TO gone");
			transactions(shop).executeWithoutResult((transaction) -> {
				assertThat(memos.findTextById(1)).hasValue("a");
				shop.getBean(OldMemos.class).add(2, "of the caller");
			});
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).isOne();
			assertThat(MoveNotes.texts(database, "note_old")).containsExactly("a", "of the caller");
		}
	}

	/**
	 * As in a request with {@code spring.jpa.open-in-view}: a rollback would take the
	 * entities from it.
	 */
	@Test
	void nothingIsComparedBesideAnOpenPersistenceContext(TestDatabase database) {
		try (ConfigurableApplicationContext shop = start(database, "concertina.dual-write.shadow-share=100")) {
			EntityManagerFactory factory = shop.getBean(EntityManagerFactory.class);
			try (EntityManager open = factory.createEntityManager()) {
				TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(open));
				assertThat(shop.getBean(Memos.class).findTextById(1)).isEmpty();
			}
			finally {
				TransactionSynchronizationManager.unbindResource(factory);
			}
			assertThat(NoteShop.count(shop, "concertina.shadow.skipped")).isOne();
			assertThat(NoteShop.count(shop, "concertina.shadow.reads")).isZero();
		}
	}

	private static void isEmpty(TestDatabase database) {
		assertThat(MoveNotes.texts(database, "note_old")).isEmpty();
		assertThat(MoveNotes.texts(database, "note_new")).isEmpty();
	}

	private static TransactionTemplate transactions(ConfigurableApplicationContext shop) {
		return new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
	}

	private static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
		MoveNotes.fill(database);
		ConfigurableApplicationContext shop = NoteShop.start(database,
				List.of(WithRepositories.class, NoteShop.Moving.class), properties);
		MoveNotes.writeBoth(database, 0);
		return shop;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataJdbcRepositoriesAutoConfiguration.class)
	static class WithRepositories {

	}

}
