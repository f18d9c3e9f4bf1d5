package dev.concertina.dualwrite;

import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.concertina.ChangeState.Writes;

/**
 * Asks both structures, compares, and answers what the one in charge has said. Whatever
 * happens to the other one, the caller and its transaction don't notice.
 *
 * <ol>
 * <li>Without a transaction both are read in one of their own, REPEATABLE READ and
 * read-only.
 * <li>In a transaction the one in charge is read as ever, and the other one behind a
 * savepoint. If each statement sees other rows there, a difference counts if the one in
 * charge, asked again, still says the same: nobody has written in between.
 * <li>In a transaction without savepoints (JPA), or beside an open persistence context,
 * which would not survive an error, nothing is compared.
 * <li>Nor while rows are still being copied, or once others may write one side only.
 * <li>What was found is told when the transaction of the caller is over.
 * </ol>
 */
final class ShadowReads {

	private final ShadowOptions options;

	private final Transactions transactions;

	private final ResultComparator comparator;

	private final Predicate<String> comparable;

	private final ShadowReports reports;

	ShadowReads(ShadowOptions options, Transactions transactions, ResultComparator comparator,
			Predicate<String> comparable, ShadowReports reports) {
		this.options = options;
		this.transactions = transactions;
		this.comparator = comparator;
		this.comparable = comparable;
		this.reports = reports;
	}

	/**
	 * Read in the transaction of the caller.
	 */
	@Nullable Object beside(ShadowRead read) throws Throwable {
		if (!read.route().inside() || !isSampled() || !isDue(read)) {
			return read.answer();
		}
		if (!this.transactions.hasSavepoints()) {
			return alone(read);
		}
		ShadowComparison comparison = new ShadowComparison(read, this.comparator, isSnapshot()).answered();
		try {
			this.transactions.behindSavepoint((status) -> compare(comparison));
		}
		catch (Throwable ex) {
			comparison.fail(ex);
		}
		tell(comparison);
		return comparison.answer();
	}

	/**
	 * Read in a transaction of its own.
	 * @param begin looks where the change is, in that transaction
	 */
	@Nullable Object apart(Supplier<ShadowRead> begin) throws Throwable {
		if (!isSampled()) {
			return this.transactions.reading((status) -> begin.get().answer());
		}
		return isBesideOpenContext() ? this.transactions.reading((status) -> alone(begin.get())) : inSnapshot(begin);
	}

	private boolean isSampled() {
		return this.options.share() > 0 && Buckets.any() < this.options.share();
	}

	private static boolean isDue(ShadowRead read) {
		return read.state().writes() == Writes.BOTH || read.state().writes() == Writes.ONE;
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
		if (isDue(read)) {
			tell(new ShadowComparison(read, this.comparator, false));
		}
		return answer;
	}

	private @Nullable Object inSnapshot(Supplier<ShadowRead> begin) throws Throwable {
		AtomicReference<@Nullable ShadowComparison> answered = new AtomicReference<>();
		try {
			return this.transactions.inSnapshot((status) -> {
				ShadowRead read = begin.get();
				if (!isDue(read)) {
					return read.answer();
				}
				ShadowComparison comparison = new ShadowComparison(read, this.comparator, true).answered();
				answered.set(comparison);
				return compare(comparison).answer();
			});
		}
		catch (Throwable ex) {
			@Nullable ShadowComparison comparison = answered.get();
			if (comparison == null) {
				throw ex;
			}
			comparison.fail(ex);
			return comparison.answer();
		}
		finally {
			Optional.ofNullable(answered.get()).ifPresent(this::tell);
		}
	}

	private ShadowComparison compare(ShadowComparison comparison) throws Throwable {
		return comparison.compared(() -> this.comparable.test(comparison.change()));
	}

	private void tell(ShadowComparison comparison) {
		this.reports.tell(comparison, this.transactions::afterwards);
	}

	private static boolean isSnapshot() {
		@Nullable Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
		return isolation != null && isolation >= Connection.TRANSACTION_REPEATABLE_READ;
	}

}
