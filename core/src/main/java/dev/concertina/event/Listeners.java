package dev.concertina.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.concertina.change.ChangeId;

/**
 * Tells several listeners. One that fails is logged, and the work goes on.
 */
final class Listeners implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(MigrationListener.class);

	private final List<MigrationListener> listeners;

	Listeners(List<? extends MigrationListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void on(MigrationEvent event) {
		for (MigrationListener listener : this.listeners) {
			try {
				listener.on(event);
			}
			catch (RuntimeException ex) {
				failed(event.change(), event, ex);
			}
		}
	}

	/**
	 * Who has come first goes last: what one opens around the work of another it closes
	 * around it.
	 */
	@Override
	public WorkEnd begin(Work work) {
		Deque<WorkEnd> ends = new ArrayDeque<>();
		for (MigrationListener listener : this.listeners) {
			try {
				ends.push(listener.begin(work));
			}
			catch (RuntimeException ex) {
				failed(work.change(), work, ex);
			}
		}
		return (outcome, failure) -> ends.forEach((end) -> tell(end, work, outcome, failure));
	}

	private static void tell(WorkEnd end, Work work, WorkEnd.Outcome outcome, @Nullable Throwable failure) {
		try {
			end.on(outcome, failure);
		}
		catch (RuntimeException ex) {
			failed(work.change(), work, ex);
		}
	}

	private static void failed(ChangeId change, Object told, RuntimeException failure) {
		logger.warn("{} - A listener failed at {}; the change goes on", change, told, failure);
	}

}
