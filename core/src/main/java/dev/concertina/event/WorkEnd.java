package dev.concertina.event;

import org.jspecify.annotations.Nullable;

/**
 * Wants to know how work ends. Called once, on the thread that has done it.
 */
@FunctionalInterface
public interface WorkEnd {

	/** Nobody wants to know. */
	WorkEnd IGNORED = (outcome, failure) -> {
	};

	/**
	 * Take notice of the end.
	 * @param outcome how it has ended
	 * @param failure what was thrown, {@code null} if nothing was
	 */
	void on(Outcome outcome, @Nullable Throwable failure);

	/**
	 * How work ends.
	 */
	enum Outcome {

		/** A batch is committed; or the phase is over, here or on another instance. */
		DONE,

		/** Somebody has stopped it before its end, or another instance has the rest. */
		STOPPED,

		/** It was rolled back, or came to a failure. */
		FAILED

	}

}
