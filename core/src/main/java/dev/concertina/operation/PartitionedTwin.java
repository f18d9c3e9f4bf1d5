package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Belongings;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A partitioned table with all that an ordinary one has, which takes its place in one
 * short transaction.
 *
 * <p>
 * All of it is made at the expand, while the table is empty: PostgreSQL builds no index
 * of a partitioned table beside writes, and before version 18 checks no foreign key
 * later. Names of indexes and statistics are taken over at the contract, as a schema has
 * each name once. Triggers of the user come last, as they must fire once a write.
 */
final class PartitionedTwin {

	private final Schema schema;

	private final PlanBuilder plan;

	private final Table old;

	private final Table made;

	private final PartitionLayout layout;

	private final Belongings belongings;

	private final List<Constraint> constraints;

	private final Names names;

	PartitionedTwin(Schema schema, PlanBuilder plan, Table old, Table made, PartitionLayout layout) {
		this.schema = schema;
		this.plan = plan;
		this.old = old;
		this.made = made;
		this.layout = layout;
		this.belongings = schema.catalog().belongings(old.name());
		this.constraints = schema.catalog().constraints().of(old.name());
		this.names = new Names(plan);
	}

	/**
	 * Add the steps that make the table.
	 */
	void create() {
		List<String> statements = new ArrayList<>(
				List.of("CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING COMPRESSION) %s"
					.formatted(made(), this.old.name().quoted(), this.layout.clause())));
		this.constraints.forEach((constraint) -> statements.addAll(create(constraint)));
		this.belongings.attachments().forEach((attachment) -> statements.addAll(create(attachment)));
		statements.addAll(this.layout.create(this.belongings.options()));
		statements.addAll(this.belongings.settings(this.made.name()));
		rehearse(statements);
		this.plan.expand(Ddl.of("make the partitioned table %s".formatted(this.made.name()), List.of(), statements,
				List.of("DROP TABLE IF EXISTS %s".formatted(made()))));
		this.constraints.stream()
			.filter((constraint) -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
			.forEach((key) -> this.plan.expand(refer(key)));
	}

	private List<String> create(Constraint constraint) {
		return switch (constraint.kind()) {
			case CHECK -> added(constraint, constraint.name(), constraint.definition());
			case UNIQUE -> added(constraint, this.names.meanwhile(constraint.name()), constraint.definition());
			case PRIMARY_KEY -> added(constraint, this.names.meanwhile(constraint.name()),
					this.old.primaryKey().equals(this.made.primaryKey()) ? constraint.definition()
							: "PRIMARY KEY (%s)".formatted(this.made.primaryKey()
								.stream()
								.map(ColumnName::quoted)
								.collect(Collectors.joining(", "))));
			default -> List.of();
		};
	}

	private List<String> added(Constraint constraint, Identifier name, String definition) {
		String add = "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(made(), name.quoted(), definition);
		return Stream
			.concat(Stream.of(add),
					comment("CONSTRAINT %s ON %s".formatted(name.quoted(), made()), constraint.comment()))
			.toList();
	}

	private List<String> create(Attachment attachment) {
		Identifier name = this.names.meanwhile(attachment.name());
		if (attachment.kind() == Kind.STATISTICS) {
			return Stream
				.concat(Stream
					.of("CREATE STATISTICS %s %s FROM %s".formatted(qualified(name), attachment.definition(), made())),
						comment("STATISTICS " + qualified(name), attachment.comment()))
				.toList();
		}
		String create = "CREATE %s %s ON %s %s".formatted(attachment.kind().isUnique() ? "UNIQUE INDEX" : "INDEX",
				name.quoted(), made(), attachment.definition());
		return Stream.concat(Stream.of(create), comment("INDEX " + qualified(name), attachment.comment())).toList();
	}

	private Ddl refer(Constraint key) {
		List<TableLock> locks = Optional.ofNullable(key.references()).map(TableLock::againstWrites).stream().toList();
		return Ddl.of("let %s reference %s".formatted(this.made.name(), key.references()), locks,
				added(key, key.name(), key.definition()),
				List.of("ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(made(),
						key.name().quoted())));
	}

	private static Stream<String> comment(String what, @Nullable String text) {
		return Optional.ofNullable(text).map((given) -> SetComment.comment(what, Optional.of(given))).stream();
	}

	private void rehearse(List<String> statements) {
		this.schema.catalog()
			.rehearsal(Requirements.madeBefore(this.plan))
			.objection(statements.toArray(String[]::new))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"Table %s can't be partitioned so: %s".formatted(this.old.name(), objection),
						"Correct the operation, or change the table first.");
			});
	}

	private String made() {
		return this.made.name().quoted();
	}

	private String qualified(Identifier name) {
		return new TableName(this.made.name().schema(), name.value()).quoted();
	}

}
