package dev.concertina.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.concertina.failure.ConcertinaException;

/**
 * Prints what stands in the way of a start as problem and action, wherever it is in the
 * chain of causes.
 */
class ConcertinaFailureAnalyzer extends AbstractFailureAnalyzer<ConcertinaException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConcertinaException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
