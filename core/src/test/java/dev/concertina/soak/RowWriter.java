package dev.concertina.soak;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcUtils;

import dev.concertina.jdbc.SqlState;
import dev.concertina.testing.DatabaseAccess;
import dev.concertina.testing.Patience;

/**
 * Writes rows as the old or the new version of an application would, and remembers what
 * it was told of each. Other writers touch other columns of its rows only.
 */
final class RowWriter extends Thread {

	/** Besides the rows that are there from the beginning. */
	private static final int NEW_ROWS = 2000;

	private final Subject subject;

	private final DatabaseAccess access;

	private final int number;

	private final int writers;

	private final Random random;

	private final Ledger ledger = new Ledger();

	private volatile Deployed deployed = Deployed.OLD;

	private volatile boolean stopped;

	private final AtomicLong statements = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong transactions = new AtomicLong();

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private @Nullable Connection connection;

	RowWriter(Subject subject, DatabaseAccess access, int number, int writers, long seed) {
		super("writer " + number);
		this.subject = subject;
		this.access = access;
		this.number = number;
		this.writers = writers;
		this.random = new Random(seed);
		for (long id = 1; id <= Subject.ROWS; id++) {
			if (isOwn(id)) {
				this.ledger.begin(id, subject.content((int) id));
			}
		}
	}

	private boolean isOwn(long id) {
		return id % this.writers == this.number;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			long id = 1L + this.random.nextInt(Subject.ROWS + NEW_ROWS);
			if (!isOwn(id)) {
				touch(id);
			}
			else if (this.random.nextInt(8) == 0) {
				delete(id);
			}
			else {
				write(id, this.random.nextInt(1_000_000));
			}
		}
		JdbcUtils.closeConnection(this.connection);
	}

	private void touch(long id) {
		commit(List.of("UPDATE line SET note = repeat('y', %d) WHERE id = %d".formatted(this.random.nextInt(200), id)));
	}

	private void write(long id, int value) {
		boolean old = switch (this.deployed) {
			case OLD -> true;
			case BOTH -> this.random.nextBoolean();
			case NEW -> false;
		};
		String content = this.subject.content(value);
		switch (commit(old ? this.subject.oldWrite(id, value) : this.subject.newWrite(id, value))) {
			case COMMITTED -> this.ledger.committed(id, content);
			case UNKNOWN -> this.ledger.maybeCommitted(id, content);
			case ROLLED_BACK -> {
			}
		}
	}

	private void delete(long id) {
		switch (commit(List.of("DELETE FROM line WHERE id = " + id))) {
			case COMMITTED -> this.ledger.deleted(id);
			case UNKNOWN -> this.ledger.maybeDeleted(id);
			case ROLLED_BACK -> {
			}
		}
	}

	private Answer commit(List<String> sql) {
		Answer answer = Answer.ROLLED_BACK;
		try {
			Connection open = open();
			try (Statement statement = open.createStatement()) {
				for (String one : sql) {
					statement.execute(one);
				}
				answer = Answer.UNKNOWN;
				open.commit();
			}
			this.statements.addAndGet(sql.size());
			return Answer.COMMITTED;
		}
		catch (SQLException | DataAccessException ex) {
			this.refused.incrementAndGet();
			if (SqlState.of(ex).filter(SqlState::isConnectionLost).isEmpty()) {
				this.problems.add("%s: %s".formatted(sql, ex));
			}
			JdbcUtils.closeConnection(this.connection);
			this.connection = null;
			return answer;
		}
		finally {
			this.transactions.incrementAndGet();
		}
	}

	private Connection open() throws SQLException {
		Connection open = this.connection;
		if (open == null) {
			open = this.access.connect("writer");
			open.setAutoCommit(false);
			this.connection = open;
		}
		return open;
	}

	/**
	 * Write as these versions from now on.
	 */
	void deploy(Deployed versions) {
		this.deployed = versions;
		long current = this.transactions.get();
		Patience.await().until(() -> this.transactions.get() > current);
	}

	/**
	 * Return what has failed without a fault.
	 */
	List<String> problems() {
		return this.problems;
	}

	void end() {
		this.stopped = true;
		try {
			join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	Ledger ledger() {
		return this.ledger;
	}

	long statements() {
		return this.statements.get();
	}

	long refused() {
		return this.refused.get();
	}

	/**
	 * Which versions of the application there are.
	 */
	enum Deployed {

		OLD, BOTH, NEW

	}

	private enum Answer {

		COMMITTED, UNKNOWN, ROLLED_BACK

	}

}
