package dev.concertina.change;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.schema.SqlExpression;

/**
 * Makes a record of a mapping: each component takes the value of the key of its name. A
 * key may be missing if its component is {@code @Nullable}, a boolean, or a list that is
 * not {@link AtLeastOne}.
 */
final class RecordBinder {

	private final NodeBinder values;

	private final FileProblems problems;

	RecordBinder(NodeBinder values, FileProblems problems) {
		this.values = values;
		this.problems = problems;
	}

	static String names(List<RecordKey> keys) {
		return keys.stream().flatMap(RecordKey::names).collect(Collectors.joining(", "));
	}

	Optional<?> bind(Class<?> type, Place place, MappingNode mapping) {
		int before = this.problems.count();
		List<RecordKey> keys = RecordKey.of(type);
		Map<String, NodeTuple> entries = entries(place, mapping);
		Set<String> meant = refuseUnknown(keys, entries, place, mapping);
		@Nullable Object[] values = new Object[keys.size()];
		for (int number = 0; number < values.length; number++) {
			RecordKey key = keys.get(number);
			NodeTuple entry = entries.get(key.name());
			NodeTuple file = (key.file() != null) ? entries.get(key.file()) : null;
			if (file != null) {
				refuseBoth(key, entry, place, file);
				values[number] = this.values
					.file(place.key(String.valueOf(key.file()), file.getKeyNode()), file.getValueNode())
					.orElse(null);
			}
			else if (entry != null) {
				values[number] = value(key, place.key(key.name(), entry.getKeyNode()), entry.getValueNode());
			}
			else {
				values[number] = key.absent();
				if (key.isRequired() && !meant.contains(key.name())) {
					this.problems.add(place.at(), "%s is missing".formatted(place.key(key.name(), mapping).name()),
							"Add the key '%s' with a value.".formatted(key.name()));
				}
			}
		}
		return (this.problems.count() > before) ? Optional.empty() : record(type, place, values);
	}

	private void refuseBoth(RecordKey key, @Nullable NodeTuple entry, Place place, NodeTuple file) {
		if (entry != null) {
			this.problems.add(file.getKeyNode(),
					"'%s' and '%s' of %s are both there".formatted(key.name(), key.file(), place.name()),
					"Keep one of them.");
		}
	}

	private Map<String, NodeTuple> entries(Place place, MappingNode mapping) {
		Map<String, NodeTuple> entries = new LinkedHashMap<>();
		for (NodeTuple entry : mapping.getValue()) {
			if (!(entry.getKeyNode() instanceof ScalarNode key)) {
				this.problems.add(entry.getKeyNode(),
						"A key of %s is %s, not text".formatted(place.name(), Nodes.kind(entry.getKeyNode())),
						"Write one word in front of each ':'.");
				continue;
			}
			NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
			if (first != null) {
				this.problems.add(key, "%s is there twice, first in line %d"
					.formatted(place.key(key.getValue(), key).name(), FileProblems.line(first.getKeyNode())),
						"Remove one of them.");
			}
		}
		return entries;
	}

	/**
	 * Refuse the keys that no component has, and return those that were meant instead.
	 */
	private Set<String> refuseUnknown(List<RecordKey> keys, Map<String, NodeTuple> entries, Place place,
			MappingNode mapping) {
		Set<String> known = keys.stream()
			.flatMap(RecordKey::names)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> meant = new HashSet<>();
		entries.forEach((name, entry) -> {
			if (!known.contains(name)) {
				Optional<String> nearest = Nearest.to(name, known);
				nearest.ifPresent(meant::add);
				boolean isSplit = mapping.getFlowStyle() == FlowStyle.FLOW && Nodes.isEmpty(entry.getValueNode());
				this.problems.add(entry.getKeyNode(), "'%s' is no key of %s".formatted(name, place.name()),
						isSplit ? "Put a value that holds a comma into \"double quotes\" between { and }."
								: "%sIts keys are %s."
									.formatted(nearest.map("Did you mean '%s'? "::formatted).orElse(""), names(keys)));
			}
		});
		return meant;
	}

	private @Nullable Object value(RecordKey key, Place place, Node node) {
		boolean isSqlNull = key.nullable() && key.type() == SqlExpression.class && Nodes.isSqlNull(node);
		if (Nodes.isNull(node) && !isSqlNull) {
			if (key.isRequired() || Nodes.isEmpty(node)) {
				this.problems.add(place.at(), "%s has no value".formatted(place.name()), key.isRequired()
						? "Write a value behind '%s:'.".formatted(key.name()) : "Write a value, or remove the key.");
			}
			return key.absent();
		}
		return this.values.bind(key.type(), place, node).orElse(null);
	}

	private Optional<?> record(Class<?> type, Place place, @Nullable Object[] values) {
		try {
			Class<?>[] types = Arrays.stream(type.getRecordComponents())
				.map(RecordComponent::getType)
				.toArray(Class<?>[]::new);
			return Optional.of(Reflective.call(() -> {
				Constructor<?> constructor = type.getDeclaredConstructor(types);
				constructor.setAccessible(true);
				return constructor.newInstance(values);
			}));
		}
		catch (ConcertinaException ex) {
			this.problems.add(place.at(), ex);
			return Optional.empty();
		}
	}

}
