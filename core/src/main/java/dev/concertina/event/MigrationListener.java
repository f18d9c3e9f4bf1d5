package dev.concertina.event;

import java.util.List;

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
	 * Take notice that work begins, on the thread that does it. An event tells what is
	 * over; this is for who has to be there meanwhile, as a trace has.
	 * @param work what begins
	 * @return who is told how it ends
	 */
	default WorkEnd begin(Work work) {
		return WorkEnd.IGNORED;
	}

	/**
	 * Return a listener that tells others; one that fails is logged and the work goes on.
	 * @param listeners the others
	 * @return the listener
	 */
	static MigrationListener all(List<? extends MigrationListener> listeners) {
		return new Listeners(listeners);
	}

}
