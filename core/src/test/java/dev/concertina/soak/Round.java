package dev.concertina.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.Steering;
import dev.concertina.change.ChangeId;
import dev.concertina.soak.RowWriter.Deployed;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseAccess;
import dev.concertina.testing.Patience;
import dev.concertina.testing.StandaloneServer;
import dev.concertina.testing.TestDatabase;

/**
 * One change, from its first instance to its end, on a database of its own.
 */
final class Round implements AutoCloseable {

	private static final int WRITERS = 4;

	private static final String AT_THE_GATE = "phase = 'CONTRACT' AND status = 'RUNNING'";

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final long start = System.nanoTime();

	private final Subject subject;

	private final JdbcClient jdbc;

	private final ChangeId change;

	private final Steering steering;

	private final List<RowWriter> writers;

	private final Disturber disturber;

	private final List<String> differences = new ArrayList<>();

	private boolean writing;

	Round(Subject subject, StandaloneServer server, TestDatabase database, int instances, long seed) {
		Random random = new Random(seed);
		this.subject = subject;
		this.jdbc = database.execute(subject.tables().toArray(String[]::new)).jdbc();
		this.change = subject.change().id();
		this.steering = Application.of(database, SoakInstance.OPTIONS, subject.change()).concertina().steering();
		DatabaseAccess access = database.access();
		this.writers = IntStream.range(0, WRITERS)
			.mapToObj((number) -> new RowWriter(subject, access, number, WRITERS, random.nextLong()))
			.toList();
		this.disturber = new Disturber(server, database, new Fleet(database, subject, instances), this.steering,
				this.change, random);
	}

	Report run() {
		this.writers.forEach(Thread::start);
		this.writing = true;
		this.disturber.start();
		awaitState("phase <> 'DUAL_WRITE'");
		this.writers.forEach((writer) -> writer.deploy(Deployed.BOTH));
		awaitState(AT_THE_GATE);
		awaitDone(() -> compare("%s EXCEPT %s", "is in the old structure only"));
		awaitDone(() -> compare("%2$s EXCEPT %1$s", "is in the new structure only"));
		this.writers.forEach((writer) -> writer.deploy(Deployed.NEW));
		awaitDone(() -> this.steering.approve(this.change, "soak"));
		awaitState("status = 'COMPLETED'");
		this.disturber.end();
		return report();
	}

	/**
	 * Wait for a state. What has stopped is a difference, and is resumed, as a person
	 * would do it.
	 */
	private void awaitState(String condition) {
		awaitDone(() -> {
			this.disturber.resumeAfterFailure();
			return this.jdbc.sql("SELECT %s FROM concertina.change".formatted(condition)).query(Boolean.class).single();
		});
	}

	/**
	 * One statement sees both structures at the same moment, whoever writes meanwhile.
	 */
	private boolean compare(String comparison, String story) {
		this.differences.addAll(this.jdbc
			.sql(comparison.formatted("(%s)".formatted(this.subject.oldContent()),
					"(%s)".formatted(this.subject.newContent())))
			.query((row, number) -> "row %d: %s %s".formatted(row.getLong(1), row.getString(2), story))
			.list());
		return true;
	}

	/**
	 * Try something until the server is there to do it.
	 */
	private static void awaitDone(Callable<Boolean> attempt) {
		Patience.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(attempt);
	}

	private Report report() {
		List<String> differences = new ArrayList<>(this.differences);
		differences.addAll(this.disturber.problems());
		this.writers.forEach(RowWriter::end);
		Map<Long, String> contents = contents();
		for (RowWriter writer : this.writers) {
			differences.addAll(writer.ledger().differences(contents));
			differences.addAll(writer.problems());
		}
		this.jdbc.sql(this.subject.notCopiedOnce())
			.query((row, number) -> "row %d was not copied once".formatted(row.getLong(1)))
			.list()
			.forEach(differences::add);
		return new Report(this.subject, Duration.ofNanos(System.nanoTime() - this.start),
				this.writers.stream().mapToLong(RowWriter::statements).sum(),
				this.writers.stream().mapToLong(RowWriter::refused).sum(), this.disturber.faults(), differences);
	}

	private Map<Long, String> contents() {
		return this.jdbc.sql(this.subject.newContent())
			.query((row, number) -> Map.entry(row.getLong(1), String.valueOf(row.getString(2))))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	@Override
	public void close() {
		if (this.writing) {
			this.writers.forEach(RowWriter::end);
		}
		this.disturber.close();
	}

}
