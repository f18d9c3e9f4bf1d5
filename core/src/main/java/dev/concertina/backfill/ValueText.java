package dev.concertina.backfill;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.TaskCall.Target;

/**
 * A value of Java as PostgreSQL reads it. What could mean two things is refused, as a
 * {@code java.sql.Timestamp}, which has no time zone.
 *
 * @param target the column that takes it
 */
record ValueText(Target target) {

	private static final List<Class<?>> AS_THEY_ARE_PRINTED = List.of(String.class, Number.class, Boolean.class,
			UUID.class, Instant.class, OffsetDateTime.class, LocalDate.class, LocalTime.class, LocalDateTime.class);

	String column() {
		return this.target.column().value();
	}

	/**
	 * Return the text of a value.
	 * @throws ConcertinaException if a value of that class is not written to the column
	 */
	@Nullable String of(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		if (value instanceof byte[] bytes && isOf("bytea")) {
			return "\\x" + HexFormat.of().formatHex(bytes);
		}
		if (value instanceof List<?> list && this.target.type().sql().endsWith("]")) {
			return list.stream().map(this::element).collect(Collectors.joining(",", "{", "}"));
		}
		for (Class<?> type : AS_THEY_ARE_PRINTED) {
			if (type.isInstance(value)) {
				return value.toString();
			}
		}
		throw new ConcertinaException(
				"Column %s is %s, and gets a %s".formatted(this.target.column(), this.target.type(),
						value.getClass().getName()),
				"Give it a String as PostgreSQL reads it, a number, a Boolean, a UUID, a type of java.time; a byte[] for bytea, a List for an array.");
	}

	private boolean isOf(String type) {
		String sql = this.target.type().sql();
		return sql.equals(type) || sql.startsWith(type + "[");
	}

	/**
	 * Return an element of an array: in quotes, unless it is NULL, or a row of the array
	 * itself.
	 */
	private String element(@Nullable Object value) {
		String text = of(value);
		if (text == null) {
			return "NULL";
		}
		return (value instanceof List) ? text : "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
	}

}
