package dev.concertina.dualwrite;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.persistence.LockModeType;
import org.junit.jupiter.api.Test;
import org.springframework.data.jpa.repository.query.Procedure;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.concertina.failure.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class MethodsTests {

	@Test
	void areToldByAnnotationsAndNames() {
		Methods methods = methods(Clear.class, ClearOld.class, ClearNew.class);
		assertThat(methods.problems()).isEmpty();
		Map<String, Access> accesses = methods.all()
			.stream()
			.collect(Collectors.toMap((method) -> method.getName(), methods::access));
		assertThat(accesses)
			.isEqualTo(Map.of("findById", Access.READ, "save", Access.WRITE, "price", Access.READ, "book", Access.WRITE,
					"report", Access.READ, "findAndLock", Access.WRITE, "touch", Access.WRITE, "saved", Access.READ));
	}

	@Test
	void inDoubtAreNamedAllAtOnce() {
		assertThat(methods(Doubtful.class, DoubtfulOld.class, DoubtfulNew.class).problems()).extracting(Problem::what)
			.containsExactly(
					"Doubtful.findOrCreate(long) reads (its name begins with 'find') and "
							+ "writes (its name holds 'Create')",
					"Doubtful.findTwice() reads (its name begins with 'find') and "
							+ "writes (@Transactional without readOnly of DoubtfulNew)",
					"Doubtful.process(String, int) reads or writes, and nothing tells which",
					"Doubtful.save(String) writes (its name begins with 'save') and "
							+ "reads (@Transactional(readOnly = true) of DoubtfulOld)");
	}

	@Test
	void inDoubtAreToldWithWhatToDo() {
		assertThat(methods(Doubtful.class, DoubtfulOld.class, DoubtfulNew.class).problems().get(0))
			.hasToString("change 'split': Doubtful.findOrCreate(long) reads (its name begins with 'find') and "
					+ "writes (its name holds 'Create'). Annotate it with @Reads or @Writes in Doubtful.");
	}

	@Test
	void ofSpringDataThatLockOrCallAreInDoubt() {
		assertThat(methods(Calling.class, CallingOld.class, CallingNew.class).problems()).extracting(Problem::what)
			.containsExactly(
					"Calling.findForJdbc() reads (its name begins with 'find') and writes (@Lock of CallingNew)",
					"Calling.findForJpa() reads (its name begins with 'find') and writes (@Lock of CallingOld)",
					"Calling.getNext() reads (its name begins with 'get') and writes (@Procedure of CallingOld)");
	}

	@Test
	void areInsideOfTheTransactionIfAllOfThemIs() {
		Methods methods = methods(Reading.class, ReadingOld.class, ReadingNew.class);
		assertThat(methods.problems()).isEmpty();
		assertThat(methods.all().stream().filter(methods::isInside)).extracting(Method::getName)
			.containsExactly("findAll", "findOne");
	}

	static Methods methods(Class<?> type, Class<?> oldType, Class<?> newType) {
		return new Methods(new RoutedInterface(type, new MarkedBean("old", oldType, Side.OLD, "split", false),
				new MarkedBean("fresh", newType, Side.NEW, "split", false)));
	}

	interface Clear {

		Optional<String> findById(long id);

		void save(String text);

		@Reads
		int price(long id);

		@Writes
		String findAndLock(long id);

		void book(long id);

		@Transactional(readOnly = true)
		List<String> report();

		void touch(long id);

		@Reads
		boolean saved(long id);

		static void helper() {
		}

	}

	/** Transactions of a class that may write say nothing of a method. */
	@Transactional
	abstract static class ClearOld implements Clear {

		@Override
		@Writes
		public void book(long id) {
		}

	}

	abstract static class ClearNew implements Clear {

		@Override
		@Transactional
		public void touch(long id) {
		}

	}

	interface Doubtful {

		String findOrCreate(long id);

		List<String> findTwice();

		void process(String text, int number);

		void save(String text);

	}

	abstract static class DoubtfulOld implements Doubtful {

		@Override
		@Transactional(readOnly = true)
		public void save(String text) {
		}

	}

	abstract static class DoubtfulNew implements Doubtful {

		@Override
		@Transactional
		public List<String> findTwice() {
			return List.of();
		}

	}

	interface Calling {

		List<String> findForJpa();

		List<String> findForJdbc();

		long getNext();

	}

	interface CallingOld extends Calling {

		@Override
		@org.springframework.data.jpa.repository.Lock(LockModeType.PESSIMISTIC_WRITE)
		List<String> findForJpa();

		@Override
		@Procedure
		long getNext();

	}

	interface CallingNew extends Calling {

		@Override
		@org.springframework.data.relational.repository.Lock(LockMode.PESSIMISTIC_WRITE)
		List<String> findForJdbc();

	}

	interface Reading {

		List<String> findAll();

		Optional<String> findOne();

		Optional<String> findApart();

		Stream<String> streamAll();

		InputStream readBytes();

		CompletableFuture<String> findLater(long id);

	}

	abstract static class ReadingOld implements Reading {

	}

	abstract static class ReadingNew implements Reading {

		@Override
		@Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
		public Optional<String> findApart() {
			return Optional.empty();
		}

	}

}
