package dev.concertina.dualwrite;

import java.sql.Connection;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;

/**
 * Asks both structures, compares, and answers what the one in charge has said. Whatever
 * happens to the other one, the caller and its transaction don't notice.
 *
 * <ol>
 * <li>Without a transaction both are read in one of their own, REPEATABLE READ and
 * read-only. If the one in charge fails there, it is read again outside of it.
 * <li>In a transaction the one in charge is read as ever, and the other one behind a
 * savepoint. If each statement sees other rows there, a difference counts if the one in
 * charge, asked again, still says the same: nobody has written in between.
 * <li>In a transaction without savepoints (JPA), or beside an open persistence context,
 * which would not survive an error, nothing is compared.
 * <li>Nor while rows are still being copied.
 * </ol>
 */
final class ShadowReads {

	private final ShadowOptions options;

	private final Transactions transactions;

	private final ResultComparator comparator;

	private final Predicate<String> copied;

	private final ShadowReports reports;

	ShadowReads(ShadowOptions options, Transactions transactions, ResultComparator comparator, Predicate<String> copied,
			ShadowReports reports) {
		this.options = options;
		this.transactions = transactions;
		this.comparator = comparator;
		this.copied = copied;
		this.reports = reports;
	}

	boolean isDue(ChangeState state, Route route) {
		return this.options.share() > 0 && state.writes() == Writes.BOTH && route.comparable()
				&& Buckets.any() < this.options.share();
	}

	@Nullable Object read(ShadowRead read) throws Throwable {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return this.transactions.hasSavepoints() ? beside(read) : alone(read);
		}
		return isBesideOpenContext() ? alone(read) : inSnapshot(read);
	}

	/**
	 * Something like an entity manager that stays open for the request.
	 */
	private static boolean isBesideOpenContext() {
		return TransactionSynchronizationManager.getResourceMap()
			.values()
			.stream()
			.anyMatch(ResourceHolder.class::isInstance);
	}

	private @Nullable Object alone(ShadowRead read) throws Throwable {
		@Nullable Object answer = read.answer();
		this.reports.skipped(read);
		return answer;
	}

	private @Nullable Object inSnapshot(ShadowRead read) throws Throwable {
		ShadowComparison comparison = new ShadowComparison(read, this.comparator, true);
		try {
			this.transactions.inSnapshot((status) -> compare(comparison.answered()));
		}
		catch (Throwable ex) {
			if (!comparison.isAnswered()) {
				return read.answer();
			}
			comparison.fail(ex);
		}
		return told(comparison);
	}

	private @Nullable Object beside(ShadowRead read) throws Throwable {
		ShadowComparison comparison = new ShadowComparison(read, this.comparator, isSnapshot()).answered();
		try {
			this.transactions.behindSavepoint((status) -> compare(comparison));
		}
		catch (Throwable ex) {
			comparison.fail(ex);
		}
		return told(comparison);
	}

	private ShadowComparison compare(ShadowComparison comparison) throws Throwable {
		return this.copied.test(comparison.change()) ? comparison.compared() : comparison;
	}

	private @Nullable Object told(ShadowComparison comparison) {
		this.reports.tell(comparison);
		return comparison.answer();
	}

	private static boolean isSnapshot() {
		@Nullable Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
		return isolation != null && isolation >= Connection.TRANSACTION_REPEATABLE_READ;
	}

}
