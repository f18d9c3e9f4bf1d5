package dev.concertina.dualwrite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionsTests {

	@BeforeEach
	void begin() {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
	}

	@AfterEach
	void end() {
		TransactionSynchronizationManager.clear();
	}

	@Test
	void areThoseOfTheDataSource() {
		PlatformTransactionManager jdbc = new JdbcTransactionManager(new WithoutDatabase.Unreachable());
		assertThat(new Transactions(jdbc, () -> false).areActive()).isFalse();
		assertThat(new Transactions(jdbc, () -> true).areActive()).isTrue();
		TransactionSynchronizationManager.setActualTransactionActive(false);
		assertThat(new Transactions(jdbc, () -> true).areActive()).isFalse();
	}

	/**
	 * Its connections are enlisted one by one, when they are used.
	 */
	@Test
	void areAllThatJtaHas() {
		assertThat(new Transactions(new JtaTransactionManager(), () -> false).areActive()).isTrue();
	}

}
