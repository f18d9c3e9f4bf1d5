package dev.concertina.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import dev.concertina.Concertina;
import dev.concertina.event.MigrationListener;

/**
 * Works in the background while the application runs: starts last, stops first.
 */
final class ConcertinaLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ConcertinaLifecycle.class);

	private final Concertina concertina;

	private final TargetDatabase database;

	private final ConcertinaProperties properties;

	private final StartupEvents startup;

	private final MigrationListener listener;

	private volatile boolean running;

	ConcertinaLifecycle(Concertina concertina, TargetDatabase database, ConcertinaProperties properties,
			StartupEvents startup, List<MigrationListener> listeners) {
		this.concertina = concertina;
		this.database = database;
		this.properties = properties;
		this.startup = startup;
		this.listener = MigrationListener.all(listeners);
	}

	@Override
	public void start() {
		this.startup.replay(this.listener);
		if (!this.properties.backfill().enabled() || !this.database.isSupported()) {
			return;
		}
		tellWhatIsMissing();
		this.concertina.start();
		this.running = true;
	}

	@Override
	public void stop() {
		if (this.running && !this.concertina.stop(this.properties.shutdownGrace())) {
			logger.warn("A batch was still at work after {} and is given up; the next start does it again",
					this.properties.shutdownGrace());
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void tellWhatIsMissing() {
		try {
			if (!this.concertina.isInstalled() && !this.database.definitions().isEmpty()) {
				logger.warn(
						"Changes {} wait for Flyway, which has not run here, or not by FlywayBridge.migrate(flyway)",
						this.database.definitions().ids());
			}
		}
		catch (DataAccessException ex) {
			logger.warn("The state of the changes can't be read yet: {}", ex.getMessage());
		}
	}

}
