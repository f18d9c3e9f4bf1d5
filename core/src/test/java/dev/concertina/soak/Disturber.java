package dev.concertina.soak;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

import dev.concertina.RefusedTransitionException;
import dev.concertina.Steering;
import dev.concertina.UnknownChangeException;
import dev.concertina.change.ChangeId;
import dev.concertina.state.Tuning;
import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.StandaloneServer;
import dev.concertina.testing.TestDatabase;

/**
 * Lets one thing after the other go wrong.
 */
final class Disturber extends Thread implements AutoCloseable {

	private static final List<Fault> ALL = List.of(Fault.values());

	private static final String TERMINATE = """
			SELECT count(pg_terminate_backend(pid))
			  FROM pg_stat_activity
			 WHERE datname = current_database() AND application_name LIKE 'instance%'""";

	private final StandaloneServer server;

	private final JdbcClient jdbc;

	private final Fleet fleet;

	private final Steering steering;

	private final ChangeId change;

	private final Random random;

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private volatile boolean stopped;

	Disturber(StandaloneServer server, TestDatabase database, Fleet fleet, Steering steering, ChangeId change,
			Random random) {
		super("disturber");
		this.server = server;
		this.jdbc = database.jdbc();
		this.fleet = fleet;
		this.steering = steering;
		this.change = change;
		this.random = random;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			this.fleet.complete();
			rest(4000);
			Fault fault = ALL.get(this.random.nextInt(ALL.size()));
			try {
				if (inflict(fault)) {
					this.faults.merge(fault, 1, Integer::sum);
				}
			}
			catch (DataAccessException | TransactionException | RefusedTransitionException
					| UnknownChangeException ex) {
				// the change is not there yet, or in a state in which that can't happen
				Thread.onSpinWait();
			}
			catch (AssertionError | RuntimeException ex) {
				this.problems.add("%s could not be inflicted: %s".formatted(fault, ex));
				this.stopped = true;
			}
		}
	}

	/**
	 * Return whether it has happened, as an instance may just have ended by itself.
	 */
	private boolean inflict(Fault fault) {
		ChildJvm instance = this.fleet.any(this.random);
		switch (fault) {
			case INSTANCE_KILLED -> instance.kill();
			case INSTANCE_STOPPED -> instance.terminate();
			case INSTANCE_FROZEN -> {
				return freeze(instance);
			}
			case SESSIONS_TERMINATED -> this.jdbc.sql(TERMINATE).query(Long.class).single();
			case SERVER_RESTARTED -> restart("fast");
			case SERVER_CRASHED -> restart("immediate");
			case CHANGE_PAUSED -> {
				this.steering.pause(this.change, "soak", "fault");
				rest(1000);
				this.steering.resume(this.change, "soak");
			}
			case CHANGE_TUNED -> this.steering.tune(this.change, new Tuning(1 + this.random.nextInt(4),
					Duration.ofMillis(1 + this.random.nextInt(100)), Duration.ofMillis(this.random.nextInt(30))),
					"soak");
		}
		return true;
	}

	private boolean freeze(ChildJvm instance) {
		try {
			instance.pause();
			rest(6000);
			instance.resume();
			return true;
		}
		catch (AssertionError ex) {
			if (instance.isAlive()) {
				throw ex;
			}
			return false;
		}
	}

	private void restart(String mode) {
		this.server.stop(mode);
		rest(500);
		this.server.start();
	}

	/**
	 * Faults come at moments that no condition tells.
	 */
	private void rest(int atMost) {
		try {
			Thread.sleep(this.random.nextInt(atMost));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Resume what has failed, as a person would do it.
	 */
	void resumeAfterFailure() {
		this.jdbc.sql("SELECT phase, reason FROM concertina.change WHERE status = 'FAILED'")
			.query((row, number) -> "failed in %s: %s".formatted(row.getString(1), row.getString(2)))
			.optional()
			.ifPresent((failure) -> {
				this.problems.add(failure);
				this.steering.resume(this.change, "soak");
			});
	}

	/**
	 * Let nothing more happen, and wait until all instances have ended.
	 */
	void end() {
		this.stopped = true;
		try {
			join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.fleet.end();
	}

	Map<Fault, Integer> faults() {
		return this.faults;
	}

	List<String> problems() {
		return this.problems;
	}

	@Override
	public void close() {
		this.stopped = true;
		this.fleet.close();
	}

}
