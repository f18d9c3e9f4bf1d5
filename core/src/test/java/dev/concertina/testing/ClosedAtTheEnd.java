package dev.concertina.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a test has opened, closed in reverse order though one of them may fail to close.
 */
final class ClosedAtTheEnd implements AutoCloseable {

	private final Deque<Closing> closings = new ArrayDeque<>();

	synchronized void add(Closing closing) {
		this.closings.push(closing);
	}

	@Override
	public synchronized void close() {
		IllegalStateException failure = new IllegalStateException("Something that the test opened can't be closed");
		while (!this.closings.isEmpty()) {
			try {
				this.closings.pop().close();
			}
			catch (Exception ex) {
				failure.addSuppressed(ex);
			}
		}
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

	@FunctionalInterface
	interface Closing {

		void close() throws Exception;

	}

}
