package dev.concertina.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes operations of a list whose items are mappings of one key: the name of the
 * operation.
 */
final class OperationListBinder {

	private static final String EXAMPLE = "Write each operation as '- renameColumn:' with its keys below, "
			+ "indented deeper than its name.";

	private final OperationCatalog catalog;

	private final NodeBinder records;

	private final FileProblems problems;

	OperationListBinder(OperationCatalog catalog, NodeBinder records, FileProblems problems) {
		this.catalog = catalog;
		this.records = records;
		this.problems = problems;
	}

	Optional<OperationList> bind(Place place, Node node) {
		if (!(node instanceof SequenceNode sequence)) {
			return refuse(node, "%s is %s, not a list".formatted(place.name(), Nodes.kind(node)));
		}
		if (sequence.getValue().isEmpty()) {
			return refuse(node, "%s is an empty list".formatted(place.name()));
		}
		List<Operation> operations = new ArrayList<>();
		List<Integer> lines = new ArrayList<>();
		for (Node item : sequence.getValue()) {
			operation(place.item(operations.size() + 1, item), item).ifPresent(operations::add);
			lines.add(FileProblems.line(item));
		}
		return (operations.size() < lines.size()) ? Optional.empty()
				: Optional.of(new OperationList(operations, lines));
	}

	private Optional<Operation> operation(Place place, Node item) {
		if (Nodes.isNull(item)) {
			return refuse(item, "%s is empty".formatted(place.name()));
		}
		if (!(item instanceof MappingNode mapping)) {
			return refuse(item, "%s is %s, not a mapping".formatted(place.name(), Nodes.kind(item)));
		}
		if (mapping.getValue().size() != 1) {
			return refuse(item,
					"%s holds %s, which is not the name of one operation".formatted(place.name(), names(mapping)));
		}
		return operation(mapping.getValue().get(0));
	}

	private Optional<Operation> operation(NodeTuple entry) {
		Node node = entry.getKeyNode();
		String name = (node instanceof ScalarNode scalar) ? scalar.getValue() : Nodes.kind(node);
		Class<? extends Operation> type = this.catalog.types().get(name);
		if (type == null) {
			this.problems.add(node, "There is no operation '%s'".formatted(name), "%sThe operations are %s.".formatted(
					Nearest.to(name, this.catalog.types().keySet()).map("Did you mean '%s'? "::formatted).orElse(""),
					String.join(", ", this.catalog.types().keySet())));
			return Optional.empty();
		}
		return this.records.mapping(type, new Place(name, node), entry.getValueNode()).map(Operation.class::cast);
	}

	private static String names(MappingNode mapping) {
		return mapping.getValue()
			.stream()
			.map((entry) -> (entry.getKeyNode() instanceof ScalarNode key) ? key.getValue()
					: Nodes.kind(entry.getKeyNode()))
			.collect(Collectors.joining(", "));
	}

	private <T> Optional<T> refuse(Node node, String what) {
		this.problems.add(node, what, EXAMPLE);
		return Optional.empty();
	}

}
