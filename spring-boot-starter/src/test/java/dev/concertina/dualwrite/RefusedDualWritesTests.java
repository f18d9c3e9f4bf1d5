package dev.concertina.dualwrite;

import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;
import dev.concertina.change.ChangeId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with the annotations of an application, or with what they need, and is
 * told at its start. There is no database behind it.
 */
class RefusedDualWritesTests {

	private final ApplicationContextRunner runner = WithoutDatabase.RUNNER;

	@Test
	void oneSideIsNotEnough() {
		this.runner.withUserConfiguration(OldNotes.class)
			.run(fails("1 problem in the dual writes", "Notes has no new side",
					"Annotate the bean that implements it for the new structure with @NewStructure(\"move_notes\")."));
	}

	@Test
	void doubtfulMethodsFailTheStartAllAtOnce() {
		this.runner.withUserConfiguration(DoubtfulSides.class)
			.run(fails("2 problems in the dual writes",
					"Doubtful.process(long) reads or writes, and nothing tells which", "Doubtful.findOrCreate(long)",
					"Annotate it with @Reads or @Writes in Doubtful."));
	}

	@Test
	void aChangeThatIsUnknownFailsTheStart() {
		WithoutDatabase.BOTH.withBean(KnownChanges.class, () -> new KnownChanges(List.of(ChangeId.of("move-notes"))))
			.run(fails("change 'move_notes': The application has no such change", "Use one of these: move-notes."));
	}

	@Test
	void aComparatorThatIsUnknownFailsTheStart() {
		this.runner.withUserConfiguration(ComparedSides.class)
			.run(fails("There is no bean 'missing'", "Declare a ResultComparator of that name."));
	}

	@Test
	void withoutATransactionManagerTheStartFails() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
			.withUserConfiguration(WithoutDatabase.Beans.class, OldNotes.class, NewNotes.class)
			.withBean("second", PlatformTransactionManager.class,
					() -> new JdbcTransactionManager(new WithoutDatabase.Unreachable()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Dual writes need a transaction manager, and there is not a single one"));
	}

	@Test
	void transactionsOfAnotherDataSourceFailTheStart() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
			.withUserConfiguration(OldNotes.class, NewNotes.class)
			.withBean(DataSource.class, WithoutDatabase.Unreachable::new)
			.withBean(JdbcClient.class, () -> JdbcClient.create(new WithoutDatabase.Unreachable()))
			.withBean(PlatformTransactionManager.class,
					() -> new JdbcTransactionManager(new WithoutDatabase.Unreachable()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The transaction manager of change 'move_notes' is not that of its data source"));
	}

	/**
	 * What the definition of the bean does not tell.
	 */
	@Test
	void sidesThatWriteApartFailTheStart() {
		this.runner.withUserConfiguration(ApartSides.class)
			.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.OLD, 0))
			.run(fails("2 problems in the dual writes",
					"Apart.save(long) writes, and has propagation REQUIRES_NEW in ApartOld: it would be outside of the transaction",
					"Apart.save(long) writes, and has transaction manager 'secondManager' in ApartNew: it would be outside of the transaction"));
	}

	@Test
	void aShareThatIsNoneFailsTheStart() {
		WithoutDatabase.BOTH.withPropertyValues("concertina.dual-write.shadow-share=101")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("A share of shadow reads of 101 %"));
	}

	private static ContextConsumer<AssertableApplicationContext> fails(String... texts) {
		return (context) -> {
			assertThat(context).hasFailed();
			assertThat(context).getFailure().isInstanceOf(InvalidDualWritesException.class);
			assertThat(context).getFailure().hasMessageContainingAll(texts);
		};
	}

	@DualWrite("move_notes")
	interface Doubtful {

		void process(long id);

		String findOrCreate(long id);

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ DoubtfulOld.class, DoubtfulNew.class })
	static class DoubtfulSides {

	}

	@OldStructure("move_notes")
	static class DoubtfulOld implements Doubtful {

		@Override
		public void process(long id) {
		}

		@Override
		public String findOrCreate(long id) {
			return "";
		}

	}

	@NewStructure("move_notes")
	static class DoubtfulNew extends DoubtfulOld {

	}

	@DualWrite(value = "move_notes", comparator = "missing")
	interface Compared {

		void save(long id);

	}

	@DualWrite("move_notes")
	interface Apart {

		void save(long id);

	}

	@Configuration(proxyBeanMethods = false)
	static class ApartSides {

		@Bean
		@OldStructure("move_notes")
		Apart first() {
			return new ApartOld();
		}

		@Bean
		@NewStructure("move_notes")
		Apart second() {
			ProxyFactory proxy = new ProxyFactory(new ApartNew());
			return (Apart) proxy.getProxy();
		}

		@Bean(autowireCandidate = false)
		PlatformTransactionManager secondManager() {
			return new JdbcTransactionManager(new WithoutDatabase.Unreachable());
		}

	}

	static class ApartOld implements Apart {

		@Override
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void save(long id) {
		}

	}

	@Transactional("secondManager")
	static class ApartNew implements Apart {

		@Override
		public void save(long id) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ComparedOld.class, ComparedNew.class })
	static class ComparedSides {

	}

	@OldStructure("move_notes")
	static class ComparedOld implements Compared {

		@Override
		public void save(long id) {
		}

	}

	@NewStructure("move_notes")
	static class ComparedNew extends ComparedOld {

	}

}
