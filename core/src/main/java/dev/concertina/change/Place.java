package dev.concertina.change;

import org.yaml.snakeyaml.nodes.Node;

/**
 * What a problem is about: how people call it, and the node whose line it has.
 *
 * @param name a noun, such as {@code 'to' of renameColumn}
 * @param at the node where it begins: its key, if it has one
 */
record Place(String name, Node at) {

	Place key(String key, Node node) {
		return new Place("'%s' of %s".formatted(key, this.name), node);
	}

	Place item(int number, Node node) {
		return new Place("item %d of %s".formatted(number, this.name), node);
	}

}
