package dev.concertina.dualwrite;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs what may throw anything in a transaction, or outside of it. Whatever it throws
 * rolls it back, and reaches the caller as it was thrown.
 */
final class Transactions {

	/**
	 * Outside of a transaction the driver prepares anew what DDL has changed, and a
	 * statement does not fail as an earlier one did.
	 */
	private static final Set<String> ONLY_INSIDE = Set.of("0A000", "25P02");

	private final PlatformTransactionManager manager;

	private final BooleanSupplier bound;

	private final TransactionTemplate joined;

	private final TransactionTemplate reading;

	private final TransactionTemplate snapshot;

	private final TransactionTemplate nested;

	private final TransactionTemplate outside;

	/**
	 * Work in transactions.
	 * @param manager who makes them
	 * @param bound whether that of this thread is one of the data source; nobody can tell
	 * with JTA
	 */
	Transactions(PlatformTransactionManager manager, BooleanSupplier bound) {
		this.manager = manager;
		this.bound = (manager instanceof JtaTransactionManager) ? () -> true : bound;
		this.joined = new TransactionTemplate(manager);
		this.reading = new TransactionTemplate(manager);
		this.reading.setReadOnly(true);
		this.nested = new TransactionTemplate(manager);
		this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.snapshot = new TransactionTemplate(manager);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setReadOnly(true);
		this.outside = new TransactionTemplate(manager);
		this.outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
	}

	/**
	 * Return whether this thread is in a transaction of the data source.
	 */
	boolean areActive() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive() && this.bound.getAsBoolean();
	}

	/**
	 * Work in the transaction of the caller, which can only be rolled back if it fails,
	 * or in a new one.
	 */
	@Nullable Object join(Work work) throws Throwable {
		return run(this.joined, work);
	}

	/**
	 * Read in a new transaction.
	 */
	@Nullable Object reading(Work work) throws Throwable {
		return run(this.reading, work);
	}

	/**
	 * Read in a new transaction in which all statements see the same rows.
	 */
	@Nullable Object inSnapshot(Work work) throws Throwable {
		return run(this.snapshot, work);
	}

	/**
	 * Work behind a savepoint of the caller's transaction, which goes on if it fails.
	 */
	@Nullable Object behindSavepoint(Work work) throws Throwable {
		return run(this.nested, work);
	}

	/**
	 * Return whether there are savepoints: JPA gives a transaction up after an error,
	 * even if the database goes back to a savepoint.
	 */
	boolean hasSavepoints() {
		return this.manager instanceof DataSourceTransactionManager jdbc && jdbc.isNestedTransactionAllowed();
	}

	/**
	 * Return whether what has failed may succeed outside of a transaction. A pool may
	 * have closed the connection, so that nothing can be rolled back.
	 */
	static boolean areToBlame(Throwable ex) {
		@Nullable Throwable cause = (ex instanceof TransactionSystemException failed) ? failed.getOriginalException() : ex;
		while (cause != null) {
			if (cause instanceof SQLException sql && ONLY_INSIDE.contains(String.valueOf(sql.getSQLState()))) {
				return true;
			}
			cause = cause.getCause();
		}
		return ex instanceof UnexpectedRollbackException;
	}

	/**
	 * Run what is no part of a transaction: once that of the caller is over, and outside
	 * of it.
	 */
	void afterwards(Runnable action) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			outside(action);
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				outside(action);
			}

		});
	}

	/**
	 * The connection of a transaction stays with the thread until all have heard that it
	 * is over.
	 */
	private void outside(Runnable action) {
		this.outside.executeWithoutResult((status) -> action.run());
	}

	private static @Nullable Object run(TransactionTemplate template, Work work) throws Throwable {
		Result result = new Result();
		try {
			template.executeWithoutResult((status) -> result.value = carried(work, status));
		}
		catch (Carrier ex) {
			throw ex.carried;
		}
		return result.value;
	}

	private static @Nullable Object carried(Work work, TransactionStatus status) {
		try {
			return work.run(status);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new Carrier(ex);
		}
	}

	/**
	 * What is done in a transaction.
	 */
	@FunctionalInterface
	interface Work {

		@Nullable Object run(TransactionStatus status) throws Throwable;

	}

	private static final class Result {

		private @Nullable Object value;

	}

	/**
	 * Brings a checked exception out of a template.
	 */
	private static final class Carrier extends RuntimeException {

		private final Throwable carried;

		Carrier(Throwable carried) {
			super(carried);
			this.carried = carried;
		}

	}

}
