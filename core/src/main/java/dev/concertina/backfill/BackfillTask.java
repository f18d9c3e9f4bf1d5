package dev.concertina.backfill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Computes columns of a row in Java: by a library, or by a call to another service. A
 * change names it in {@code fillColumns}.
 *
 * <p>
 * The rows of a batch are locked meanwhile, and writers of these rows wait. A batch whose
 * rows are not all transformed in time is rolled back and tried again with fewer rows.
 *
 * @param <T> what is read of a row
 */
public interface BackfillTask<T> {

	/**
	 * Read what is needed of a row. Called on the thread of the batch, for one row after
	 * the other.
	 * @param row the row, with the source columns of the change in their order; belongs
	 * to the batch, and must be neither moved nor kept
	 * @return what {@link #transform} takes
	 * @throws SQLException if a value can't be read
	 */
	T read(ResultSet row) throws SQLException;

	/**
	 * Compute the columns of a row. Called on several threads at once, and again for the
	 * same row if its batch was rolled back, so that what it does elsewhere must be
	 * idempotent. It is interrupted when the time of the batch is over.
	 *
	 * <p>
	 * A value is a {@code String} in the form in which PostgreSQL reads the type of the
	 * column, or a {@code Number}, {@code Boolean}, {@code UUID}, {@code Instant},
	 * {@code OffsetDateTime}, {@code LocalDate}, {@code LocalTime},
	 * {@code LocalDateTime}, for {@code bytea} a {@code byte[]}, or for an array a
	 * {@code List} of these. At least one of them must not be NULL, as a row with nothing
	 * but NULL is one that was not computed.
	 * @param row what was read
	 * @return the value of each target column of the change, by its name
	 * @throws TemporaryFailureException if the whole batch shall be tried again later, as
	 * after Spring's {@code TransientDataAccessException}
	 * @throws Exception if this row can't be computed; it is set aside with the message
	 */
	Map<String, ? extends @Nullable Object> transform(T row) throws Exception;

}
