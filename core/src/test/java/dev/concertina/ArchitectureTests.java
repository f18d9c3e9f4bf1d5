package dev.concertina;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Packages import only downwards.
 */
@AnalyzeClasses(packages = "dev.concertina", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "dev.concertina";

	/** From the bottom to the top; packages of one layer don't know each other. */
	private static final List<Set<String>> LAYERS = List.of(Set.of("failure"), Set.of("schema", "jdbc"), Set.of("plan"),
			Set.of("change"), Set.of("operation", "event", "state", "throttle"), Set.of("chunk", "fleet"),
			Set.of("backfill", "verify", "contract"), Set.of("execute", "lint", "audit", "explain"), Set.of(""),
			Set.of("flyway"));

	private static final Map<String, String> BESIDE = Map.of("jdbc", "schema", "event", "state");

	private static final Map<String, Integer> HEIGHTS = heights();

	@ArchTest
	final ArchRule packagesImportOnlyDownwards = classes().should(importOnlyDownwards());

	@ArchTest
	final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

	@ArchTest
	final ArchRule nothingKnowsAnOperation = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".operation..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".operation..");

	@ArchTest
	final ArchRule nothingKnowsSpringBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule packagesAreNullMarked = classes().should(resideInANullMarkedPackage());

	private static Map<String, Integer> heights() {
		Map<String, Integer> heights = new HashMap<>();
		for (int height = 0; height < LAYERS.size(); height++) {
			for (String name : LAYERS.get(height)) {
				heights.put(name, height);
			}
		}
		return heights;
	}

	private static ArchCondition<JavaClass> importOnlyDownwards() {
		return new ArchCondition<>("import only downwards") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!HEIGHTS.containsKey(name(type))) {
					events.add(SimpleConditionEvent.violated(type,
							"Package %s of %s has no place in the layers".formatted(name(type), type.getName())));
					return;
				}
				for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
					if (isOurs(dependency.getTargetClass())
							&& !mayImport(name(type), name(dependency.getTargetClass()))) {
						events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
					}
				}
			}

		};
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
	}

	/**
	 * Return the package below the root, without those below it.
	 */
	private static String name(JavaClass type) {
		String[] parts = type.getPackageName().substring(ROOT.length()).split("\\.", -1);
		return (parts.length > 1) ? parts[1] : "";
	}

	private static boolean mayImport(String from, String to) {
		return from.equals(to) || to.equals(BESIDE.get(from))
				|| HEIGHTS.getOrDefault(to, Integer.MAX_VALUE) < HEIGHTS.getOrDefault(from, 0);
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a @NullMarked package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().tryGetPackageInfo().isPresent()
						&& type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked,
						"Package %s has no package-info with @NullMarked".formatted(type.getPackageName())));
			}

		};
	}

}
