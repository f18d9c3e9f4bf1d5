package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	@Test
	void goesByTheFirstParameter() {
		assertThat(route("find").key()).isEqualTo(OptionalInt.of(0));
		assertThat(route("findAll").key()).isEmpty();
	}

	@Test
	void goesByTheParameterThatIsMarked() {
		assertThat(route("findOf").key()).isEqualTo(OptionalInt.of(1));
	}

	@Test
	void namesNumbersAndWhatIsMarkedAsAKeyButNoOtherText() {
		assertThat(name("find", 42L)).isEqualTo("key 42");
		assertThat(name("findMail", "ada@example.org")).startsWith("a key of bucket ").doesNotContain("ada");
		assertThat(name("findOf", 7, "order-17")).isEqualTo("key order-17");
		assertThat(name("findAll")).isEqualTo("no key");
	}

	private static String name(String method, @Nullable Object... arguments) {
		return route(method).nameKey(new Call(method(method), arguments));
	}

	private static Route route(String name) {
		return Route.of(method(name), Access.READ, true);
	}

	private static Method method(String name) {
		return Stream.of(Reading.class.getMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	interface Reading {

		String find(long id);

		String findMail(String mail);

		String findOf(int shop, @RoutingKey String order);

		List<String> findAll();

	}

}
