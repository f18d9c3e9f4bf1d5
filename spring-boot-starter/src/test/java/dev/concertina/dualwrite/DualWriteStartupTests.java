package dev.concertina.dualwrite;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.change.ChangeId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application with annotations gets, and what it is told at its start. There is
 * no database behind it.
 */
@ExtendWith(OutputCaptureExtension.class)
class DualWriteStartupTests {

	private final ApplicationContextRunner runner = WithoutDatabase.RUNNER;

	private final ApplicationContextRunner both = WithoutDatabase.BOTH;

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
	void aBeanInThePlaceOfTheRouterIsNamedAndTheInstanceDoesNotSayThatItRoutes(CapturedOutput output) {
		this.both.withUserConfiguration(OwnRouter.class).run((context) -> {
			assertThat(context.getBean(RoutedChanges.class).changes()).isEmpty();
			assertThat(output)
				.contains("move_notes - Bean 'ownRouter' is the @Primary one of " + Notes.class.getName());
		});
	}

	@Test
	void whoRoutesByHimselfMaySayThatHeDoes() {
		this.both.withUserConfiguration(OwnRouter.class)
			.withBean("own", RoutedChanges.class, () -> new RoutedChanges(List.of("move_notes")))
			.run((context) -> assertThat(
					context.getBeanProvider(RoutedChanges.class).stream().flatMap((one) -> one.changes().stream()))
				.containsExactly(ChangeId.of("move_notes")));
	}

	@Test
	void anInstanceSaysWhatItRoutes() {
		this.both.run((context) -> assertThat(context.getBean(RoutedChanges.class).changes())
			.containsExactly(ChangeId.of("move_notes")));
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

}
