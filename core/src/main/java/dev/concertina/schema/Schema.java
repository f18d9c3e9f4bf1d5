package dev.concertina.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The structure that an operation is compiled against: the catalog, and on top of it what
 * the operations before have done in the same change.
 */
public final class Schema {

	private final Catalog catalog;

	private final Map<TableName, Table> changed;

	private final Set<TableName> dropped;

	private Schema(Catalog catalog, Map<TableName, Table> changed, Set<TableName> dropped) {
		this.catalog = catalog;
		this.changed = Map.copyOf(changed);
		this.dropped = Set.copyOf(dropped);
	}

	/**
	 * Return the structure of a database as it is.
	 * @param catalog the catalog of the database
	 * @return the structure
	 */
	public static Schema of(Catalog catalog) {
		return new Schema(catalog, Map.of(), Set.of());
	}

	/**
	 * Return the catalog of the database below.
	 * @return the catalog
	 */
	public Catalog catalog() {
		return this.catalog;
	}

	/**
	 * Return a table that must exist.
	 * @param name its name
	 * @return the table
	 * @throws InvalidDefinitionException if there is no such table
	 */
	public Table table(TableName name) {
		return find(name).orElseThrow(() -> {
			List<TableName> similar = this.catalog.similar(name);
			return new InvalidDefinitionException("There is no table %s".formatted(name),
					similar.isEmpty() ? "Write the name of a table of this database, with its schema."
							: "Did you mean %s?".formatted(similar.get(0)));
		});
	}

	/**
	 * Return a table if there is one.
	 * @param name its name
	 * @return the table or nothing
	 */
	public Optional<Table> find(TableName name) {
		Optional<Table> stored = this.catalog.table(name);
		TableName resolved = stored.map(Table::name).orElse(name);
		return this.changed.values()
			.stream()
			.filter((table) -> table.name().equals(resolved)
					|| (resolved.schema() == null && table.name().name().equals(resolved.name())))
			.findFirst()
			.or(() -> stored)
			.filter((table) -> !this.dropped.contains(table.name()));
	}

	/**
	 * Return a nullable column as it will be when it has been made.
	 * @param name its name
	 * @param type its type
	 * @return the column
	 * @throws InvalidDefinitionException if there is no such type
	 */
	public Column newColumn(ColumnName name, SqlType type) {
		if (!this.catalog.exists(type)) {
			throw new InvalidDefinitionException("There is no type %s".formatted(type),
					"Write a PostgreSQL type such as text, numeric(12,2) or timestamptz.");
		}
		return new Column(name, type, true, null, Column.Generation.NONE);
	}

	/**
	 * Return the structure with a new or changed table.
	 * @param table the table as it is from now on
	 * @return the structure
	 */
	public Schema with(Table table) {
		Map<TableName, Table> tables = new HashMap<>(this.changed);
		tables.put(table.name(), table);
		Set<TableName> gone = new HashSet<>(this.dropped);
		gone.remove(table.name());
		return new Schema(this.catalog, tables, gone);
	}

	/**
	 * Return the structure without a table.
	 * @param name the qualified name
	 * @return the structure
	 */
	public Schema without(TableName name) {
		Map<TableName, Table> tables = new HashMap<>(this.changed);
		tables.remove(name);
		Set<TableName> gone = new HashSet<>(this.dropped);
		gone.add(name);
		return new Schema(this.catalog, tables, gone);
	}

}
