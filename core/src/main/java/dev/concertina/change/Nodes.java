package dev.concertina.change;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a node is, in the words of people.
 */
final class Nodes {

	private Nodes() {
	}

	static String kind(Node node) {
		if (node instanceof SequenceNode) {
			return "a list";
		}
		return (node instanceof MappingNode) ? "a mapping" : "text";
	}

	/**
	 * Return whether nothing at all is written.
	 */
	static boolean isEmpty(Node node) {
		return node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty();
	}

	/**
	 * Return whether {@code null}, {@code ~} or nothing is written.
	 */
	static boolean isNull(Node node) {
		return node.getTag().equals(Tag.NULL);
	}

	/**
	 * Return whether the word NULL is written, which is a value in SQL.
	 */
	static boolean isSqlNull(Node node) {
		return isNull(node) && node instanceof ScalarNode scalar && scalar.getValue().equalsIgnoreCase("null");
	}

	/**
	 * Return a text as it is written. A block ends with its last word, not with the line
	 * breaks behind it.
	 */
	static String text(ScalarNode scalar) {
		boolean isBlock = scalar.getScalarStyle() == ScalarStyle.LITERAL
				|| scalar.getScalarStyle() == ScalarStyle.FOLDED;
		return isBlock ? scalar.getValue().stripTrailing() : scalar.getValue();
	}

}
