package dev.concertina.dualwrite;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.concertina.failure.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class RoutedInterfacesTests {

	@Test
	void haveAnOldAndANewSide() {
		RoutedInterfaces interfaces = of(bean("old", OldItems.class, Side.OLD),
				bean("fresh", NewItems.class, Side.NEW));
		assertThat(interfaces.problems()).isEmpty();
		assertThat(interfaces.routed()).extracting(RoutedInterface::type).containsExactly(Items.class);
		assertThat(interfaces.routed().get(0).oldSide().name()).isEqualTo("old");
		assertThat(interfaces.routed().get(0).side(Side.NEW).name()).isEqualTo("fresh");
	}

	@Test
	void areAsManyAsTwoBeansShare() {
		RoutedInterfaces interfaces = of(bean("old", Both.class, Side.OLD), bean("fresh", Both.class, Side.NEW));
		assertThat(interfaces.routed()).extracting(RoutedInterface::type)
			.containsExactlyInAnyOrder(Items.class, Totals.class);
	}

	@Test
	void areFoundBehindOtherInterfaces() {
		assertThat(of(bean("old", Repository.class, Side.OLD), bean("fresh", NewItems.class, Side.NEW)).routed())
			.hasSize(1);
	}

	@Test
	void withOneSideAreRefused() {
		assertThat(of(bean("old", OldItems.class, Side.OLD)).problems()).singleElement()
			.hasToString("change 'split': %s has no new side. Annotate the bean that implements it for the new "
				.formatted(Items.class.getName()) + "structure with @NewStructure(\"split\").");
		assertThat(of(bean("fresh", OldItems.class, Side.NEW)).problems()).extracting(Problem::what)
			.containsExactly(Items.class.getName() + " has no old side");
	}

	@Test
	void withTwoOldSidesAreRefused() {
		assertThat(of(bean("a", OldItems.class, Side.OLD), bean("b", Both.class, Side.OLD),
				bean("fresh", Both.class, Side.NEW))
			.problems()).singleElement()
			.hasToString(
					"change 'split': %s has 2 old sides: bean 'a', bean 'b'. Leave @OldStructure(\"split\") at one of them."
						.formatted(Items.class.getName()));
	}

	@Test
	void thatAreNotThereAreMissed() {
		assertThat(of(bean("old", Plain.class, Side.OLD), bean("fresh", Plain.class, Side.NEW)).problems())
			.extracting(Problem::what)
			.containsExactly(
					"bean 'old', %s, implements no interface with @DualWrite(\"split\")"
						.formatted(Plain.class.getName()),
					"bean 'fresh', %s, implements no interface with @DualWrite(\"split\")"
						.formatted(Plain.class.getName()));
	}

	@Test
	void ofAnotherChangeDontCount() {
		MarkedBean other = new MarkedBean("old", OldItems.class, Side.OLD, "merge", false);
		assertThat(RoutedInterfaces.of(List.of(other)).problems()).extracting(Problem::what)
			.containsExactly("bean 'old', %s, implements no interface with @DualWrite(\"merge\")"
				.formatted(OldItems.class.getName()));
	}

	@Test
	void thatAreClassesAreRefused() {
		assertThat(of(bean("old", MarkedClass.class, Side.OLD)).problems()).extracting(Problem::what)
			.contains(MarkedClass.class.getName() + " is no interface, and has @DualWrite");
	}

	@Test
	void withAPrimarySideAreRefused() {
		MarkedBean primary = new MarkedBean("old", OldItems.class, Side.OLD, "split", true);
		assertThat(of(primary, bean("fresh", NewItems.class, Side.NEW)).problems()).extracting(Problem::what)
			.containsExactly("bean 'old' is marked as @Primary, as the router has to be");
	}

	private static RoutedInterfaces of(MarkedBean... beans) {
		return RoutedInterfaces.of(Stream.of(beans).toList());
	}

	private static MarkedBean bean(String name, Class<?> type, Side side) {
		return new MarkedBean(name, type, side, "split", false);
	}

	@DualWrite("split")
	interface Items {

	}

	@DualWrite("split")
	interface Totals {

	}

	interface Repository extends Items {

	}

	static class OldItems implements Items {

	}

	static class NewItems extends OldItems {

	}

	static class Both implements Items, Totals {

	}

	static class Plain {

	}

	@DualWrite("split")
	static class MarkedClass {

	}

}
