package dev.concertina.change;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.concertina.failure.ConcertinaException;

/**
 * Makes a value of a node: of a mapping a record, of a list a list, of text a
 * {@link TextValue}. A number is text, too, exactly as it is written.
 */
final class NodeBinder {

	private static final Pattern END = Pattern.compile("\\s*;?\\s*\\z");

	private final FileProblems problems;

	private final Map<String, String> scripts;

	private final Map<Class<?>, BiFunction<Place, Node, Optional<?>>> special;

	/**
	 * Make a binder.
	 * @param scripts the files that may be named in place of their texts
	 */
	NodeBinder(FileProblems problems, Map<String, String> scripts) {
		this(problems, scripts, Map.of());
	}

	private NodeBinder(FileProblems problems, Map<String, String> scripts,
			Map<Class<?>, BiFunction<Place, Node, Optional<?>>> special) {
		this.problems = problems;
		this.scripts = scripts;
		this.special = special;
	}

	/**
	 * Return a binder that leaves a type to somebody else.
	 */
	<T> NodeBinder with(Class<T> type, BiFunction<Place, Node, Optional<T>> binder) {
		Map<Class<?>, BiFunction<Place, Node, Optional<?>>> types = new HashMap<>(this.special);
		types.put(type, binder::apply);
		return new NodeBinder(this.problems, this.scripts, types);
	}

	/**
	 * Return the record that a node holds, unless there is a problem.
	 */
	<T> Optional<T> bind(Class<T> type, Place place, Node node) {
		return bind((Type) type, place, node).map(type::cast);
	}

	Optional<?> bind(Type type, Place place, Node node) {
		if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
			return list(generic.getActualTypeArguments()[0], place, node);
		}
		if (!(type instanceof Class<?> plain)) {
			throw new IllegalStateException("%s can't be written in YAML: %s".formatted(place.name(), type));
		}
		if (this.special.containsKey(plain)) {
			return this.special.get(plain).apply(place, node);
		}
		return TextValue.isWrittenAsText(plain) ? text(plain, place, node) : mapping(plain, place, node);
	}

	private Optional<?> list(Type type, Place place, Node node) {
		if (!(node instanceof SequenceNode sequence)) {
			return wrongKind(place, node, "a list", "Write [a, b], or each item on a line of its own behind '- '.");
		}
		int before = this.problems.count();
		List<Object> items = new ArrayList<>();
		for (Node item : sequence.getValue()) {
			item(type, place.item(items.size() + 1, item), item).ifPresentOrElse(items::add, () -> items.add(""));
		}
		return (this.problems.count() > before) ? Optional.empty() : Optional.of(List.copyOf(items));
	}

	private Optional<?> item(Type type, Place place, Node node) {
		if (Nodes.isNull(node)) {
			this.problems.add(node, "%s has no value".formatted(place.name()), "Write a value, or remove the item.");
			return Optional.empty();
		}
		return bind(type, place, node);
	}

	/**
	 * Return the record that a mapping holds, also one that could be written as text.
	 */
	Optional<?> mapping(Class<?> type, Place place, Node node) {
		if (!(node instanceof MappingNode mapping)) {
			return wrongKind(place, node, "a mapping",
					"Write its keys below it, indented: %s.".formatted(RecordBinder.names(RecordKey.of(type))));
		}
		return new RecordBinder(this, this.problems).bind(type, place, mapping);
	}

	/**
	 * Return the text of the file that a node names, without the end of its last
	 * statement.
	 */
	Optional<?> file(Place place, Node node) {
		Optional<?> name = bind(String.class, place, node);
		Optional<String> text = name.map(this.scripts::get);
		if (name.isPresent() && text.isEmpty()) {
			this.problems.add(node, "There is no file '%s' beside this one".formatted(name.get()),
					this.scripts.isEmpty() ? "Put it into the same folder, with a name that ends with .sql."
							: "Use one of %s, or put it there.".formatted(new TreeSet<>(this.scripts.keySet())));
		}
		return text.map((script) -> END.matcher(script).replaceFirst(""));
	}

	private Optional<?> text(Class<?> type, Place place, Node node) {
		if (!(node instanceof ScalarNode scalar)) {
			return wrongKind(place, node, "text", "Write text, in \"double quotes\" if it begins with a bracket.");
		}
		try {
			return Optional.of(TextValue.of(type, Nodes.text(scalar)));
		}
		catch (ConcertinaException ex) {
			this.problems.add(node, ex);
			return Optional.empty();
		}
	}

	private Optional<?> wrongKind(Place place, Node node, String expected, String action) {
		this.problems.add(node, "%s is %s, not %s".formatted(place.name(), Nodes.kind(node), expected), action);
		return Optional.empty();
	}

}
