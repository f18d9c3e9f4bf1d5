package dev.concertina.dualwrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;
import dev.concertina.change.ChangeId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application with annotations gets, and what it is told at its start. There is
 * no database behind it.
 */
@ExtendWith(OutputCaptureExtension.class)
class DualWriteStartupTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
		.withUserConfiguration(NoDatabase.class);

	private final ApplicationContextRunner both = this.runner.withUserConfiguration(OldNotes.class, NewNotes.class)
		.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.OLD, 0));

	@Test
	void theInterfaceIsTheRouterAndTheSidesStayWhatTheyAre() {
		this.both.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Notes.class)).isNotInstanceOf(TableNotes.class);
			assertThat(context.getBean(Notes.class).answeredBy(1)).isEqualTo("note_old");
			assertThat(context).hasSingleBean(OldNotes.class).hasSingleBean(NewNotes.class);
			assertThat(context.getBeansOfType(Notes.class)).hasSize(3);
		});
	}

	@Test
	void sidesMayBeBeansOfAConfiguration() {
		this.runner.withUserConfiguration(BeanMethods.class)
			.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.NEW, 0))
			.run((context) -> assertThat(context.getBean(Notes.class).answeredBy(1)).isEqualTo("b"));
	}

	@Test
	void nothingIsMadeWithoutAnnotations() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanFactory().getSingletonNames()).doesNotContain("concertinaRouterFactory",
					"concertinaChangeStates", "concertinaKnownChanges");
			assertThat(context.getBeanFactory().containsBeanDefinition(RouterCheck.class.getName())).isFalse();
		});
	}

	@Test
	void nothingIsMadeIfItIsSwitchedOff() {
		this.both.withPropertyValues("concertina.dual-write.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RouterRegistrar.class)
				.doesNotHaveBean(RouterFactoryBean.class));
	}

	@Test
	void aRouterOfTheApplicationIsLeftAlone() {
		this.both.withUserConfiguration(OwnRouter.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RouterFactoryBean.class)
				.getBean(Notes.class)
				.isSameAs(context.getBean("ownRouter")));
	}

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
		this.both.withBean(KnownChanges.class, () -> new KnownChanges(List.of(ChangeId.of("move-notes"))))
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
			.withUserConfiguration(NoDatabase.class, OldNotes.class, NewNotes.class)
			.withBean("second", PlatformTransactionManager.class, () -> new JdbcTransactionManager(new Unreachable()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Dual writes need a transaction manager, and there is not a single one"));
	}

	@Test
	void transactionsOfAnotherDataSourceFailTheStart() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
			.withUserConfiguration(OldNotes.class, NewNotes.class)
			.withBean(DataSource.class, Unreachable::new)
			.withBean(JdbcClient.class, () -> JdbcClient.create(new Unreachable()))
			.withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(new Unreachable()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The transaction manager of change 'move_notes' is not that of its data source"));
	}

	@Test
	void aShareThatIsNoneFailsTheStart() {
		this.both.withPropertyValues("concertina.dual-write.shadow-share=101")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("A share of shadow reads of 101 %"));
	}

	@Test
	void whoGoesPastTheRouterIsToldOf(CapturedOutput output) {
		this.both.withBean("bypass", Bypass.class).withBean("user", User.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).containsOnlyOnce("past the router")
				.contains("move_notes - Bean 'bypass' uses bean 'oldNotes' past the router");
		});
	}

	@Test
	void aSideThatCallsTheRouterIsToldOf(CapturedOutput output) {
		this.runner.withUserConfiguration(OldNotes.class, Recursive.class)
			.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.OLD, 0))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("The router is used by bean");
			});
	}

	@Test
	void aDatabaseThatIsNotThereYetDoesNotFailTheStart(CapturedOutput output) {
		this.runner.withUserConfiguration(OldNotes.class, NewNotes.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("move_notes - How it stands can't be read yet");
		});
	}

	private static ContextConsumer<AssertableApplicationContext> fails(String... texts) {
		return (context) -> {
			assertThat(context).hasFailed();
			assertThat(context).getFailure().isInstanceOf(InvalidDualWritesException.class);
			assertThat(context).getFailure().hasMessageContainingAll(texts);
		};
	}

	@Configuration(proxyBeanMethods = false)
	static class NoDatabase {

		@Bean
		DataSource dataSource() {
			return new Unreachable();
		}

		@Bean
		JdbcClient jdbcClient(DataSource dataSource) {
			return JdbcClient.create(dataSource);
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

	static class Unreachable extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("there is nothing");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethods {

		@Bean
		@OldStructure("move_notes")
		Notes first(JdbcClient jdbc) {
			return new TableNotes(jdbc, "a");
		}

		@Bean
		@NewStructure("move_notes")
		TableNotes second(JdbcClient jdbc) {
			return new TableNotes(jdbc, "b");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRouter {

		@Bean
		@Primary
		Notes ownRouter(JdbcClient jdbc) {
			return new TableNotes(jdbc, "own");
		}

	}

	static class User {

		User(Notes notes) {
			assertThat(notes).isNotNull();
		}

	}

	static class Bypass {

		Bypass(OldNotes notes) {
			assertThat(notes).isNotNull();
		}

	}

	@NewStructure("move_notes")
	static class Recursive extends TableNotes {

		Recursive(JdbcClient jdbc, Notes router) {
			super(jdbc, router.toString());
		}

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
