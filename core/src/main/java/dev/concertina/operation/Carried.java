package dev.concertina.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Something of the old column that the new one gets as well: made under another name when
 * the rows are in, and given its name when the old one is dropped.
 *
 * @param table the table
 * @param attachment what is carried, defined for the new column
 * @param name the name that it has meanwhile
 */
record Carried(Table table, Attachment attachment, Identifier name) {

	static Carried of(Table table, Attachment attachment, Names names) {
		if (attachment.kind().isUnique() && attachment.kind() != Kind.UNIQUE_INDEX
				&& table.kind() == Table.Kind.PARTITIONED) {
			throw new InvalidDefinitionException(
					"The key %s of the partitioned table %s can't be built without a lock on all partitions"
						.formatted(attachment.name(), table.name()),
					"Choose a column that no key of the table has.");
		}
		return new Carried(table, attachment, names.meanwhile(attachment.name()));
	}

	/**
	 * Return the steps that make it.
	 */
	List<Ddl> make(Schema schema) {
		return switch (this.attachment.kind()) {
			case INDEX, UNIQUE_INDEX, PRIMARY_KEY -> index().steps(schema);
			case UNIQUE ->
				Stream
					.concat(index().steps(schema).stream(),
							Stream.of(index().constraint("UNIQUE", this.attachment.clauses())))
					.toList();
			case CHECK, FOREIGN_KEY, REFERENCE -> constraint();
			case STATISTICS -> List.of(statistics());
		};
	}

	private IndexBuild index() {
		return new IndexBuild(this.table, this.name, this.attachment.kind().isUnique(), this.attachment.definition());
	}

	private List<Ddl> constraint() {
		return new ConstraintBuild(owner(), this.name, this.attachment.name(),
				this.attachment.definition() + this.attachment.clauses(), locks(), List.of())
			.steps(this.attachment.validated());
	}

	private List<TableLock> locks() {
		TableName other = this.attachment.other();
		if (other == null) {
			return List.of(TableLock.exclusive(this.table.name()));
		}
		return (this.attachment.kind() == Kind.REFERENCE) ? ForeignKey.locks(this.table.name(), other)
				: ForeignKey.locks(other, this.table.name());
	}

	private Ddl statistics() {
		return Ddl.of("gather statistics %s of %s".formatted(this.attachment.name(), this.table.name()),
				TableLock.besideWrites(this.table.name()), "CREATE STATISTICS %s %s FROM %s"
					.formatted(in(this.name).quoted(), this.attachment.definition(), this.table.name().quoted()),
				"DROP STATISTICS IF EXISTS " + in(this.name).quoted());
	}

	/**
	 * Return the tables other than its own that must be locked when it takes over.
	 */
	Stream<TableName> others() {
		return Stream.ofNullable(this.attachment.other());
	}

	/**
	 * Return what must be gone before the old column is dropped, which takes everything
	 * else of it along.
	 */
	Stream<String> beforeDrop() {
		return switch (this.attachment.kind()) {
			case FOREIGN_KEY, REFERENCE, PRIMARY_KEY -> Stream.of(dropConstraint(this.attachment.name()));
			default -> Stream.empty();
		};
	}

	/**
	 * Return what gives it the name of its predecessor.
	 */
	Stream<String> afterDrop(Schema schema) {
		Identifier old = this.attachment.name();
		String on = owner().quoted();
		return switch (this.attachment.kind()) {
			case INDEX, UNIQUE_INDEX ->
				Stream.concat(index().takeName(schema, old).stream(), comment("INDEX " + in(old).quoted()));
			case STATISTICS -> Stream.concat(
					Stream.of("ALTER STATISTICS %s RENAME TO %s".formatted(in(this.name).quoted(), old.quoted())),
					comment("STATISTICS " + in(old).quoted()));
			case PRIMARY_KEY -> Stream.concat(
					Stream.of("ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY USING INDEX %s%s".formatted(on,
							old.quoted(), this.name.quoted(), this.attachment.clauses())),
					comment("CONSTRAINT %s ON %s".formatted(old.quoted(), on)));
			case UNIQUE, CHECK, FOREIGN_KEY, REFERENCE -> Stream.concat(Stream
				.of("ALTER TABLE %s RENAME CONSTRAINT %s TO %s".formatted(on, this.name.quoted(), old.quoted())),
					comment("CONSTRAINT %s ON %s".formatted(old.quoted(), on)));
		};
	}

	private Stream<String> comment(String object) {
		return Optional.ofNullable(this.attachment.comment())
			.map((text) -> "COMMENT ON %s IS %s".formatted(object, Identifier.literal(text)))
			.stream();
	}

	private String dropConstraint(Identifier constraint) {
		return "ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s".formatted(owner().quoted(), constraint.quoted());
	}

	/** The table that has it: that of a foreign key to this one is another. */
	private TableName owner() {
		return (this.attachment.kind() == Kind.REFERENCE && this.attachment.other() != null) ? this.attachment.other()
				: this.table.name();
	}

	private TableName in(Identifier object) {
		return new TableName(this.table.name().schema(), object.value());
	}

}
