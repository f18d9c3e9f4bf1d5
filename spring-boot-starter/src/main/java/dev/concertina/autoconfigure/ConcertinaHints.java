package dev.concertina.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.ResolvableType;

import dev.concertina.operation.Operations;
import dev.concertina.plan.Plan;

/**
 * Tells a native image what is made by reflection, operations of YAML files and plans of
 * JSON, and which files are read.
 */
final class ConcertinaHints implements RuntimeHintsRegistrar {

	private static final String OURS = "dev.concertina.";

	private static final List<String> BY_NAME = List.of("dev.concertina.change.ChangeReader$Content",
			"dev.concertina.plan.CanonicalJson$KindOfStep");

	private static final List<String> FILES = List.of("db/evolution/*", "db/evolution-*/*", "dev/concertina/state/*",
			"dev/concertina/console/page/*", "META-INF/concertina/*");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		FILES.forEach(hints.resources()::registerPattern);
		BY_NAME.forEach((name) -> hints.reflection().registerType(TypeReference.of(name), MemberCategory.values()));
		Set<Class<?>> seen = new HashSet<>();
		Stream.concat(Stream.of(Plan.class), Operations.catalog().types().values().stream())
			.forEach((type) -> register(hints, ResolvableType.forClass(type), seen));
	}

	private static void register(RuntimeHints hints, ResolvableType type, Set<Class<?>> seen) {
		Stream.of(type.getGenerics()).forEach((generic) -> register(hints, generic, seen));
		Class<?> raw = type.toClass();
		if (!raw.getName().startsWith(OURS) || !seen.add(raw)) {
			return;
		}
		hints.reflection()
			.registerType(raw, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
					MemberCategory.ACCESS_DECLARED_FIELDS);
		Optional.ofNullable(raw.getPermittedSubclasses())
			.stream()
			.flatMap(Stream::of)
			.forEach((each) -> register(hints, ResolvableType.forClass(each), seen));
		Optional.ofNullable(raw.getRecordComponents())
			.stream()
			.flatMap(Stream::of)
			.map(RecordComponent::getGenericType)
			.forEach((each) -> register(hints, ResolvableType.forType(each), seen));
	}

}
