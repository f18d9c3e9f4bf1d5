package dev.concertina.dualwrite;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;
import dev.concertina.change.ChangeId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What stays on one side at half of the reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class StickyTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
		.withUserConfiguration(WithoutDatabase.Beans.class, OldCounts.class, NewCounts.class)
		.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.BOTH, 50));

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void aRequestStaysOnOneSideWhateverItAsksFor() {
		this.runner.run((context) -> {
			ByRequest counts = context.getBean(ByRequest.class);
			for (int request = 0; request < 20; request++) {
				RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
				assertThat(answers(counts::count)).hasSize(1);
			}
		});
	}

	@Test
	void theMarkedKeyDecidesAndNotTheFirstOne() {
		this.runner.run((context) -> {
			ByKey counts = context.getBean(ByKey.class);
			assertThat(answers((number) -> counts.count(number, "order-17"))).containsExactly("new");
			assertThat(answers((number) -> counts.count(1, "order-" + number))).containsExactlyInAnyOrder("old", "new");
		});
	}

	@Test
	void aRequestThatIsOverIsNone() {
		this.runner.run((context) -> {
			ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
			RequestContextHolder.setRequestAttributes(request);
			request.requestCompleted();
			assertThat(answers(context.getBean(ByRequest.class)::count)).containsExactlyInAnyOrder("old", "new");
		});
	}

	@Test
	void aKeyIsLookedAtOnlyWhereItDecides() {
		Object key = new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("looked at");
			}

		};
		for (int share : new int[] { 0, 50, 100 }) {
			this.runner
				.withBean("states", ChangeStates.class,
						() -> (change) -> new ChangeState(ChangeId.of(change), Writes.BOTH, share),
						(definition) -> definition.setPrimary(true))
				.run((context) -> {
					ByAnything counts = context.getBean(ByAnything.class);
					if (share == 50) {
						assertThatIllegalStateException().isThrownBy(() -> counts.count(key));
					}
					else {
						assertThat(counts.count(key)).isEqualTo((share == 0) ? "old" : "new");
					}
				});
		}
	}

	@Test
	void interfacesOfTheSameSidesDontGoPastEachOther(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output).doesNotContain("past the router"));
	}

	private static Set<String> answers(Function<Integer, String> read) {
		return IntStream.range(0, 100).boxed().map(read).collect(Collectors.toSet());
	}

	@DualWrite(value = "move_notes", sticky = Sticky.REQUEST)
	interface ByRequest {

		String count(int number);

	}

	@DualWrite("move_notes")
	interface ByKey {

		String count(int number, @RoutingKey String order);

	}

	@DualWrite("move_notes")
	interface ByAnything {

		String count(Object key);

	}

	@OldStructure("move_notes")
	static class OldCounts implements ByRequest, ByKey, ByAnything {

		@Override
		public String count(Object key) {
			return "old";
		}

		@Override
		public String count(int number) {
			return "old";
		}

		@Override
		public String count(int number, String order) {
			return "old";
		}

	}

	@NewStructure("move_notes")
	static class NewCounts implements ByRequest, ByKey, ByAnything {

		@Override
		public String count(Object key) {
			return "new";
		}

		@Override
		public String count(int number) {
			return "new";
		}

		@Override
		public String count(int number, String order) {
			return "new";
		}

	}

}
