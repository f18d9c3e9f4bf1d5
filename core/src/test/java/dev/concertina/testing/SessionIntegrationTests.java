package dev.concertina.testing;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class SessionIntegrationTests {

	private static final String BOOK_ONE = "UPDATE account SET balance = balance + 1";

	private final Session first;

	private final Session second;

	SessionIntegrationTests(TestDatabase db) {
		db.execute("CREATE TABLE account (balance int)", "INSERT INTO account VALUES (0)");
		this.first = db.session("first");
		this.second = db.session("second");
	}

	@BeforeEach
	void firstLocksTheRow() {
		this.first.begin().execute(BOOK_ONE);
	}

	@Test
	void isBlockedUntilTheOtherCommits() {
		Execution update = this.second.start(BOOK_ONE).awaitBlockedOrDone();
		assertThat(update.isBlocked()).isTrue();
		assertThat(update.isBlockedBy(this.first)).isTrue();

		this.first.commit();
		update.await();

		assertThat(update.isBlocked()).isFalse();
		assertThat(this.second.value("SELECT balance FROM account", Integer.class)).contains(2);
	}

	@Test
	void seesOnlyWhatIsCommitted() {
		assertThat(this.second.value("SELECT balance FROM account", Integer.class)).contains(0);
		assertThat(this.first.value("SELECT balance FROM account", Integer.class)).contains(1);

		this.first.rollback();

		assertThat(this.first.value("SELECT balance FROM account", Integer.class)).contains(0);
	}

	@Test
	void isDoneWithoutWaitingIfNothingBlocksIt() {
		Execution read = this.second.start("SELECT * FROM account").awaitBlockedOrDone();

		assertThat(read.isDone()).isTrue();
		assertThat(read.failure()).isEmpty();
	}

	@Test
	void givesTheSqlStateOfAnError() {
		this.second.execute("SET lock_timeout = '10ms'");

		assertThatExceptionOfType(SessionFailure.class).isThrownBy(() -> this.second.execute(BOOK_ONE))
			.withMessageStartingWith("second: %s failed: ERROR: canceling statement", BOOK_ONE)
			.satisfies((failure) -> assertThat(failure.sqlState()).isEqualTo("55P03"));
	}

	@Test
	void reportsAnErrorOfJavaWork() {
		Execution work = this.second.start("computes a balance", (connection) -> {
			throw new IllegalStateException("no balance");
		});

		assertThat(work.failure()).hasValueSatisfying((failure) -> {
			assertThat(failure).hasMessage("second: computes a balance failed: no balance");
			assertThat(failure.sqlState()).isEmpty();
		});
	}

	@Test
	void leavesNoLockBehindWhenItIsClosedWhileItWaits(TestDatabase db) {
		Session third = db.session("third");
		this.second.begin().execute("LOCK TABLE account IN ACCESS SHARE MODE");
		Execution update = this.second.start(BOOK_ONE).awaitBlockedOrDone();
		Execution drop = third.start("DROP TABLE account").awaitBlockedOrDone();

		this.second.close();
		this.first.commit();
		drop.await();

		assertThat(update.failure()).hasValueSatisfying((failure) -> assertThat(failure.sqlState()).isEqualTo("57P01"));
	}

}
