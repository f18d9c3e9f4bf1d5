package dev.concertina.event;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wants to know what happens to changes. Called on the thread that does the work, so it
 * must be quick.
 */
@FunctionalInterface
public interface MigrationListener {

	/**
	 * Take notice of an event.
	 * @param event what happened
	 */
	void on(MigrationEvent event);

	/**
	 * Return a listener that tells others; one that fails is logged and the work goes on.
	 * @param listeners the others
	 * @return the listener
	 */
	static MigrationListener all(List<? extends MigrationListener> listeners) {
		Logger logger = LoggerFactory.getLogger(MigrationListener.class);
		List<MigrationListener> all = List.copyOf(listeners);
		return (event) -> {
			for (MigrationListener listener : all) {
				try {
					listener.on(event);
				}
				catch (RuntimeException ex) {
					logger.warn("{} - A listener failed at {}; the change goes on", event.change(), event, ex);
				}
			}
		};
	}

}
