package dev.concertina.soak;

import java.time.Duration;

import javax.sql.DataSource;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaOptions;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseAccess;

/**
 * An instance of an application in a JVM of its own: it migrates at its start, works in
 * the background, and ends when it is asked to.
 */
public final class SoakInstance {

	static final ConcertinaOptions OPTIONS = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(2, Duration.ofMillis(50), 400, Duration.ofMillis(20)))
		.withPoll(Duration.ofMillis(200));

	private SoakInstance() {
	}

	/**
	 * Run.
	 * @param args the name of the instance, and of what it changes
	 */
	public static void main(String[] args) throws InterruptedException {
		DataSource database = DatabaseAccess.handedOver().pool(args[0]);
		Application application = Application.pooled(database, database, OPTIONS, (builder) -> {
		}, Subject.valueOf(args[1]).change());
		application.start();
		Concertina concertina = application.concertina();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> concertina.stop(Duration.ofSeconds(10))));
		concertina.start();
		System.out.println("started");
		Thread.currentThread().join();
	}

}
