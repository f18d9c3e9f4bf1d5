package dev.concertina.dualwrite;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;

import dev.concertina.Concertina;
import dev.concertina.Steering;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A change from its expand to its end, with an application at work.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class MovedNotesIntegrationTests {

	@Test
	void whatWasSavedIsThereWhenTheOldTableIsGone(TestDatabase database) throws InterruptedException {
		try (ConfigurableApplicationContext shop = NoteShop.start(database, "concertina.backfill.enabled=true")) {
			Notes notes = shop.getBean(Notes.class);
			Set<String> saved = ConcurrentHashMap.newKeySet();
			List<DataAccessException> failures = new CopyOnWriteArrayList<>();
			AtomicBoolean stop = new AtomicBoolean();
			Thread writer = new Thread(() -> {
				for (long id = 1; !stop.get(); id++) {
					try {
						notes.save(id, "text " + id);
						saved.add("text " + id);
					}
					catch (DataAccessException ex) {
						failures.add(ex);
					}
				}
			});
			writer.start();
			await(shop, new State(Phase.CONTRACT, Status.RUNNING));
			Steering steering = shop.getBean(Steering.class);
			for (int share : new int[] { 50, 100 }) {
				steering.readShare(MoveNotes.CHANGE.id(), share, "Ada");
				saved.stream().limit(20).forEach((text) -> assertThat(notes.findText(id(text))).hasValue(text));
			}
			steering.approve(MoveNotes.CHANGE.id(), "Ada");
			await(shop, new State(Phase.CONTRACT, Status.COMPLETED));
			int before = saved.size();
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> saved.size() > before + 50);
			stop.set(true);
			writer.join();
			assertThat(MoveNotes.texts(database, "note_new").stream().collect(Collectors.toSet())).isEqualTo(saved);
			assertThat(failures).isEmpty();
		}
	}

	private static long id(String text) {
		return Long.parseLong(text.substring("text ".length()));
	}

	private static void await(ConfigurableApplicationContext shop, State state) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> shop.getBean(Concertina.class)
				.change(MoveNotes.CHANGE.id())
				.orElseThrow()
				.state()
				.equals(state));
	}

	@Test
	void aRoleThatMayNotReadTheStateIsToldAtTheStart(TestDatabase database, CapturedOutput output) {
		MoveNotes.fill(database);
		database.execute("CREATE ROLE notes_owner LOGIN PASSWORD 'secret'",
				"CREATE ROLE notes_app LOGIN PASSWORD 'secret'",
				"GRANT CREATE ON DATABASE %s TO notes_owner".formatted(database.name()),
				"GRANT ALL ON SCHEMA public TO notes_owner", "ALTER TABLE note_old OWNER TO notes_owner");
		// without the user that the address may hold, which counts for more than a
		// property
		String[] roles = { "spring.datasource.url=" + database.url().replaceFirst("[?].*", ""),
				"spring.datasource.username=notes_app", "spring.datasource.password=secret",
				"spring.flyway.user=notes_owner", "spring.flyway.password=secret" };
		List<Class<?>> configurations = List.of(NoteShop.WithoutRepositories.class, NoteShop.Moving.class,
				NoteShop.PlainSql.class);
		assertThatException().isThrownBy(() -> NoteShop.start(database, configurations, roles));
		assertThat(output).contains("The role of the application may not read how changes stand")
			.contains(
					"GRANT SELECT (id, phase, status, kept_by, dropped, retired_at, read_share) ON concertina.change to it");
		database.execute(
				"GRANT SELECT (id, phase, status, kept_by, dropped, retired_at, read_share) ON concertina.change TO notes_app",
				"GRANT ALL ON ALL TABLES IN SCHEMA public TO notes_app");
		try (ConfigurableApplicationContext shop = NoteShop.start(database, configurations, roles)) {
			shop.getBean(Notes.class).save(1, "a");
			assertThat(MoveNotes.texts(database, "note_new")).containsExactly("a");
		}
	}

}
