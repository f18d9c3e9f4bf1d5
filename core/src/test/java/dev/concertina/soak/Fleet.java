package dev.concertina.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.ChildJvms;
import dev.concertina.testing.JvmLaunch;
import dev.concertina.testing.TestDatabase;

/**
 * The instances of an application. One that has ended is replaced, as an orchestrator
 * does it.
 */
final class Fleet implements AutoCloseable {

	private final TestDatabase database;

	private final Subject subject;

	private final int size;

	private final ChildJvms jvms = new ChildJvms();

	private final List<ChildJvm> instances = new ArrayList<>();

	private int started;

	Fleet(TestDatabase database, Subject subject, int size) {
		this.database = database;
		this.subject = subject;
		this.size = size;
	}

	/**
	 * Start what is missing.
	 */
	void complete() {
		this.instances.removeIf((instance) -> !instance.isAlive());
		while (this.instances.size() < this.size) {
			this.started++;
			this.instances.add(this.jvms.start(JvmLaunch.of(SoakInstance.class)
				.with(this.database)
				.withArguments("instance %d".formatted(this.started), this.subject.name())));
		}
	}

	/**
	 * Return one that has begun to work, or is about to.
	 */
	ChildJvm any(Random random) {
		return this.instances.get(random.nextInt(this.instances.size()));
	}

	/**
	 * Ask all to end, and wait until they have.
	 */
	void end() {
		this.instances.forEach(ChildJvm::terminate);
		this.instances.forEach((instance) -> instance.awaitExit(Duration.ofSeconds(30)));
	}

	@Override
	public void close() {
		this.jvms.close();
	}

}
