package dev.concertina.operation;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;

/**
 * Makes a sequence, at the expand.
 *
 * @param name its name
 * @param type the type of its numbers, {@code bigint} unless said otherwise
 * @param start its first number
 * @param increment the distance between two numbers
 */
public record CreateSequence(TableName name, @Nullable SqlType type, @Nullable Long start,
		@Nullable Long increment) implements Operation {

	/**
	 * Return the operation for a sequence from 1 on.
	 * @param name the name of the sequence
	 * @return the operation
	 */
	public static CreateSequence of(String name) {
		return new CreateSequence(TableName.of(name), null, null, null);
	}

	/**
	 * Return the operation with a type.
	 * @param value the type of the numbers
	 * @return the operation
	 */
	public CreateSequence withType(String value) {
		return new CreateSequence(this.name, SqlType.of(value), this.start, this.increment);
	}

	/**
	 * Return the operation with a first number.
	 * @param value the first number
	 * @return the operation
	 */
	public CreateSequence withStart(long value) {
		return new CreateSequence(this.name, this.type, value, this.increment);
	}

	/**
	 * Return the operation with a distance, such as the allocation size of JPA.
	 * @param value the distance between two numbers
	 * @return the operation
	 */
	public CreateSequence withIncrement(long value) {
		return new CreateSequence(this.name, this.type, this.start, value);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		TableName sequence = Requirements.newName(before, this.name);
		String create = "CREATE SEQUENCE %s%s%s%s".formatted(sequence.quoted(), clause(" AS ", this.type),
				clause(" INCREMENT BY ", this.increment), clause(" START WITH ", this.start));
		before.catalog().rehearsal(Requirements.madeBefore(plan)).objection(create).ifPresent((objection) -> {
			throw new InvalidDefinitionException("Sequence %s can't be made: %s".formatted(sequence, objection),
					"Correct its type, start and increment.");
		});
		plan.expand(Ddl.of("create sequence %s".formatted(sequence), List.of(), List.of(create),
				List.of("DROP SEQUENCE IF EXISTS " + sequence.quoted())));
		return before;
	}

	private static String clause(String words, @Nullable Object value) {
		return Optional.ofNullable(value).map((given) -> words + given).orElse("");
	}

}
