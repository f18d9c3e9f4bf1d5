package dev.concertina.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Attachment;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Belongings;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.OwnedSequence;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * The moment when a partitioned table takes the place of an ordinary one, which goes out
 * of sight and follows it, and the moment when that one is dropped.
 *
 * <p>
 * Names of indexes and statistics are swapped, as a schema has each name once. A sequence
 * of a default goes over; an identity gets one of its own, which goes on where the other
 * was. Triggers of the user are on the table that has the name: they must fire once a
 * write.
 *
 * @param schema the schema before
 * @param plan the plan
 * @param old the ordinary table
 * @param made the partitioned table under its hidden name
 */
record PartitionTakeOver(Schema schema, PlanBuilder plan, Table old, Table made) {

	/**
	 * Add both steps.
	 * @param sync the triggers that have filled the partitioned table
	 */
	void addTo(DualWrite sync) {
		TableName name = this.old.name();
		TableName retired = names().retired(name);
		UnchangedTable unchanged = new UnchangedTable(this.plan, belongings(), name);
		RetiredMirror mirror = new RetiredMirror(this.old, this.made.primaryKey(), retired);
		DualWrite backward = mirror.triggers(this.plan);
		List<String> triggers = new ArrayList<>();
		List<String> dropTriggers = new ArrayList<>();
		belongings().triggers().forEach((trigger) -> {
			triggers.addAll(this.schema.catalog().objects().trigger(name, trigger.name()));
			dropTriggers.add("DROP TRIGGER %s ON %s".formatted(trigger.name().quoted(), name.quoted()));
		});
		this.plan
			.contract(Ddl.retiring("let the partitioned table take the place of %s".formatted(name),
					LockOrder.exclusive(referred(), List.of(name, this.made.name())),
					Stream
						.of(List.of(unchanged.require()), sync.drop(), dropTriggers, takeSequences(),
								List.of(rename(name, retired), rename(this.made.name(), name)), takeNames(),
								makeIdentities(), triggers)
						.flatMap(List::stream)
						.toList(),
					Stream.concat(backward.sql().stream(), unchanged.hold().stream()).toList(),
					Stream
						.of(List.of(unchanged.requireHeld()), unchanged.drop(), backward.drop(), dropTriggers,
								rememberIdentities(), List.of(rename(name, this.made.name()), rename(retired, name)),
								giveNamesBack(), giveSequencesBack(), triggers, sync.sql())
						.flatMap(List::stream)
						.toList()))
			.contract(Ddl.destructive("drop the ordinary table that %s was".formatted(name),
					LockOrder.exclusive(referred(), List.of(name, retired)),
					Stream.of(backward.drop(), unchanged.drop(), List.of("DROP TABLE " + retired.quoted()))
						.flatMap(List::stream)
						.toList()));
	}

	private List<String> takeSequences() {
		List<String> statements = new ArrayList<>();
		sequences((column, sequence) -> {
			if (sequence.identity().isEmpty()) {
				statements.add(own(sequence, this.made.name(), column));
			}
			else {
				statements.add(new IdentitySequence(sequence).remember());
				statements.add(rename("SEQUENCE", sequence.name(), retired(sequence.name())));
			}
		});
		return statements;
	}

	private List<String> makeIdentities() {
		List<String> statements = new ArrayList<>();
		sequences((column, sequence) -> {
			if (!sequence.identity().isEmpty()) {
				IdentitySequence identity = new IdentitySequence(sequence);
				statements.add(identity.makeAgain(this.old.name(), column));
				statements.add(identity.goOn());
			}
		});
		return statements;
	}

	private List<String> rememberIdentities() {
		List<String> statements = new ArrayList<>();
		sequences((column, sequence) -> {
			if (!sequence.identity().isEmpty()) {
				statements.add(new IdentitySequence(sequence).remember());
				statements.add("ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY".formatted(this.old.name().quoted(),
						column.quoted()));
			}
		});
		return statements;
	}

	private List<String> giveSequencesBack() {
		List<String> statements = new ArrayList<>();
		sequences((column, sequence) -> {
			if (sequence.identity().isEmpty()) {
				statements.add(own(sequence, this.old.name(), column));
			}
			else {
				statements.add(rename("SEQUENCE", retired(sequence.name()), sequence.name()));
				statements.add(new IdentitySequence(sequence).goOn());
			}
		});
		return statements;
	}

	private void sequences(BiConsumer<ColumnName, OwnedSequence> work) {
		this.old.columns()
			.forEach((column) -> this.schema.catalog()
				.sequence(this.old.name(), column.name())
				.ifPresent((sequence) -> work.accept(column.name(), sequence)));
	}

	private static String own(OwnedSequence sequence, TableName table, ColumnName column) {
		return "ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence.name().quoted(), table.quoted(), column.quoted());
	}

	private List<String> takeNames() {
		List<String> statements = new ArrayList<>();
		named().forEach((name, kind) -> {
			statements.add(rename(kind, qualified(name), qualified(names().retired(name))));
			statements.add(rename(kind, qualified(names().meanwhile(name)), qualified(name)));
		});
		return statements;
	}

	private List<String> giveNamesBack() {
		List<String> statements = new ArrayList<>();
		named().forEach((name, kind) -> {
			statements.add(rename(kind, qualified(name), qualified(names().meanwhile(name))));
			statements.add(rename(kind, qualified(names().retired(name)), qualified(name)));
		});
		return statements;
	}

	/** What has a name in the schema, and what it is. */
	private Map<Identifier, String> named() {
		Map<Identifier, String> named = new LinkedHashMap<>();
		this.schema.catalog()
			.constraints()
			.of(this.old.name())
			.stream()
			.filter((constraint) -> constraint.kind() == Constraint.Kind.PRIMARY_KEY
					|| constraint.kind() == Constraint.Kind.UNIQUE)
			.forEach((constraint) -> named.put(constraint.name(), "INDEX"));
		for (Attachment attachment : belongings().attachments()) {
			named.put(attachment.name(), (attachment.kind() == Kind.STATISTICS) ? "STATISTICS" : "INDEX");
		}
		return named;
	}

	private static String rename(TableName from, TableName to) {
		return rename("TABLE", from, to);
	}

	private static String rename(String kind, TableName from, TableName to) {
		return "ALTER %s %s RENAME TO %s".formatted(kind, from.quoted(), Identifier.of(to.name()).quoted());
	}

	private TableName retired(TableName name) {
		return names().retired(name);
	}

	private TableName qualified(Identifier name) {
		return new TableName(this.old.name().schema(), name.value());
	}

	/**
	 * Who deletes what the table refers to deletes rows of both: he is first.
	 */
	private List<TableName> referred() {
		return this.schema.catalog().objects().referred(this.old.name());
	}

	private Belongings belongings() {
		return this.schema.catalog().belongings(this.old.name());
	}

	private Names names() {
		return new Names(this.plan);
	}

}
