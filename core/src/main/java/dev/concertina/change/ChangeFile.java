package dev.concertina.change;

import java.util.Map;

/**
 * A YAML file that holds a change.
 *
 * @param name the name with its folders, such as
 * {@code db/evolution/V12__split_order_items.yaml}; problems are told with it
 * @param text what it holds
 * @param scripts the SQL files beside it, which it may name: the text of each
 */
public record ChangeFile(String name, String text, Map<String, String> scripts) {

	public ChangeFile {
		scripts = Map.copyOf(scripts);
	}

	/**
	 * Make a file without others beside it.
	 * @param name the name with its folders
	 * @param text what it holds
	 */
	public ChangeFile(String name, String text) {
		this(name, text, Map.of());
	}

}
