package dev.concertina.dualwrite;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.transaction.Transactional.TxType;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.concertina.failure.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes that would leave the transaction of their caller, or can't be made twice.
 */
class DetachedTests {

	@Test
	void thatCanNotBeMadeTwiceAreRefused() {
		assertThat(MethodsTests.methods(Once.class, OnceOld.class, OnceNew.class).problems()).extracting(Problem::what)
			.containsExactly(
					"Once.saveAll(Iterator) writes, and has a parameter of type Iterator: nothing is left of it for the second structure",
					"Once.saveAll(Stream) writes, and has a parameter of type Stream: nothing is left of it for the second structure",
					"Once.saveAndList() writes, and returns a Iterator: what it does may be outside of the transaction",
					"Once.saveAndStream() writes, and returns a Stream: what it does may be outside of the transaction",
					"Once.saveBytes(InputStream) writes, and has a parameter of type InputStream: nothing is left of it for the second structure",
					"Once.saveSuspended(long, Continuation) writes, and is a suspend function: it may go on outside of the transaction",
					"Once.saveText(long, Reader) writes, and has a parameter of type Reader: nothing is left of it for the second structure");
	}

	@Test
	void thatWriteOutsideOfTheTransactionAreRefused() {
		assertThat(MethodsTests.methods(Leaving.class, LeavingOld.class, LeavingNew.class).problems())
			.extracting(Problem::what)
			.containsExactly(
					"Leaving.saveAlone() writes, and has propagation NOT_SUPPORTED in LeavingOld: it would be outside of the transaction",
					"Leaving.saveApart() writes, and has propagation REQUIRES_NEW in LeavingNew: it would be outside of the transaction",
					"Leaving.saveLater() writes, and returns a CompletableFuture: what it does may be outside of the transaction",
					"Leaving.saveSoon() writes, and is @Async in LeavingOld: it would be outside of the transaction");
	}

	interface Once {

		void saveAll(Iterator<String> all);

		void saveAll(Stream<String> all);

		void saveBytes(InputStream bytes);

		void saveText(long id, Reader text);

		Iterator<String> saveAndList();

		Stream<String> saveAndStream();

		Object saveSuspended(long id, kotlin.coroutines.Continuation<String> then);

	}

	interface OnceOld extends Once {

	}

	interface OnceNew extends Once {

	}

	interface Leaving {

		void saveAlone();

		void saveApart();

		void saveInside();

		CompletableFuture<String> saveLater();

		void saveSoon();

	}

	@jakarta.transaction.Transactional(TxType.NOT_SUPPORTED)
	abstract static class LeavingOld implements Leaving {

		@Override
		@jakarta.transaction.Transactional
		public void saveApart() {
		}

		@Override
		@jakarta.transaction.Transactional
		public CompletableFuture<String> saveLater() {
			return CompletableFuture.completedFuture("");
		}

		@Override
		@Transactional
		public void saveInside() {
		}

		@Override
		@Async
		@Transactional
		public void saveSoon() {
		}

	}

	abstract static class LeavingNew implements Leaving {

		@Override
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void saveApart() {
		}

	}

}
