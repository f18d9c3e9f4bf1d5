package dev.concertina.dualwrite;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import dev.concertina.Steering;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

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
	void readsFollowARollback(TestDatabase database) {
		try (ConfigurableApplicationContext shop = NoteShop.start(database)) {
			MoveNotes.set(database, "CONTRACT", "ROLLING_BACK", 0);
			assertThat(newKeys(shop)).isEmpty();
			MoveNotes.writeNew(database);
			assertThat(newKeys(shop)).hasSize(KEYS);
		}
	}

}
