package dev.concertina.change;

/**
 * A YAML file that holds a change.
 *
 * @param name the name with its folders, such as
 * {@code db/evolution/V12__split_order_items.yaml}; problems are told with it
 * @param text what it holds
 */
public record ChangeFile(String name, String text) {

}
