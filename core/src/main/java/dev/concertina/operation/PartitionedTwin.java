package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Belongings;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.OwnedSequence;
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

	/**
	 * Return the step in which the table takes the place of the old one.
	 * @param sync the triggers that have filled it
	 */
	Ddl takeOver(DualWrite sync) {
		TableName name = this.old.name();
		List<String> statements = new ArrayList<>(List.of(requireUnchanged()));
		statements.addAll(sync.drop());
		List<String> complete = new ArrayList<>();
		for (Column column : this.old.columns()) {
			this.schema.catalog().sequence(name, column.name()).ifPresent((sequence) -> {
				statements.add(keep(sequence, column.name()));
				complete.addAll(sequence.identity().isEmpty() ? List.of()
						: new IdentitySequence(sequence).makeAgain(name, column.name()));
			});
		}
		statements.add("DROP TABLE " + name.quoted());
		statements.add("ALTER TABLE %s RENAME TO %s".formatted(made(), Identifier.of(name.name()).quoted()));
		this.constraints.stream()
			.filter((constraint) -> constraint.kind() == Constraint.Kind.PRIMARY_KEY
					|| constraint.kind() == Constraint.Kind.UNIQUE)
			.forEach((constraint) -> statements.add(rename("INDEX", constraint.name())));
		this.belongings.attachments()
			.forEach((attachment) -> statements
				.add(rename((attachment.kind() == Kind.STATISTICS) ? "STATISTICS" : "INDEX", attachment.name())));
		statements.addAll(complete);
		this.belongings.triggers()
			.forEach((trigger) -> statements.addAll(this.schema.catalog().objects().trigger(name, trigger.name())));
		return Ddl.destructive("let the partitioned table take the place of %s".formatted(name), locks(), statements);
	}

	/**
	 * The expand may be weeks ago; what came since then would be lost.
	 */
	private String requireUnchanged() {
		return "DO " + RowSql.dollarQuoted("""
				BEGIN
				  IF (%s) <> %s THEN
				    RAISE object_not_in_prerequisite_state
				      USING MESSAGE = %s,
				            HINT = 'Take that back, or roll the change back and write it anew.';
				  END IF;
				END""".formatted(this.belongings.digestQuery().strip(),
				Identifier.literal(this.belongings.digest(this.plan.settings().values())),
				Identifier.literal("table %s was changed while it was partitioned".formatted(this.old.name()))));
	}

	private String keep(OwnedSequence sequence, ColumnName column) {
		return sequence.identity().isEmpty()
				? "ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence.name().quoted(), made(), column.quoted())
				: new IdentitySequence(sequence).remember();
	}

	private String rename(String kind, Identifier name) {
		return "ALTER %s %s RENAME TO %s".formatted(kind, qualified(this.names.meanwhile(name)), name.quoted());
	}

	/**
	 * What the table refers to before the table, as everywhere.
	 */
	private List<TableLock> locks() {
		return LockOrder.exclusive(this.schema.catalog().objects().referred(this.old.name()),
				List.of(this.old.name(), this.made.name()));
	}

	private String made() {
		return this.made.name().quoted();
	}

	private String qualified(Identifier name) {
		return new TableName(this.made.name().schema(), name.value()).quoted();
	}

}
