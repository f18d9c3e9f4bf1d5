package dev.concertina.backfill;

import java.time.Duration;

import javax.sql.DataSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.Words.Shout;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseAccess;

/**
 * One of several instances in JVMs of their own that compute the same rows, each with two
 * workers. It tells on its output of each batch, and of each call when its transaction is
 * still open.
 */
public final class TaskInstance {

	static final ConcertinaOptions OPTIONS = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(2, Duration.ofMillis(100), 10, Duration.ofMillis(5)))
		.withPoll(Duration.ofMillis(50))
		.withTasks(TaskOptions.defaults().withInterval(Duration.ofMillis(200)));

	private TaskInstance() {
	}

	public static void main(String[] args) throws InterruptedException {
		DataSource database = DatabaseAccess.handedOver().pool(args[0]);
		Application.pooled(database, database, OPTIONS, (builder) -> builder.task(Words.TASK, (Shout) (word) -> {
			System.out.println("computes");
			return Words.shouted(word);
		}).listener((event) -> {
			if (event instanceof BatchFinished) {
				System.out.println(event);
			}
		}), Words.CHANGE).concertina().start();
		Thread.currentThread().join();
	}

}
