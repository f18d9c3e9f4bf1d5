package dev.concertina.dualwrite;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;
import dev.concertina.change.ChangeId;

/**
 * An application whose database is not there. Nobody notices who only begins a
 * transaction.
 */
final class WithoutDatabase {

	static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConcertinaDualWriteAutoConfiguration.class))
		.withUserConfiguration(Beans.class);

	/** With both sides of the notes. */
	static final ApplicationContextRunner BOTH = RUNNER.withUserConfiguration(OldNotes.class, NewNotes.class)
		.withBean(ChangeStates.class, () -> (change) -> new ChangeState(ChangeId.of(change), Writes.OLD, 0));

	private WithoutDatabase() {
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		DataSource dataSource() {
			LazyConnectionDataSourceProxy dataSource = new LazyConnectionDataSourceProxy();
			dataSource.setTargetDataSource(new Unreachable());
			dataSource.setDefaultAutoCommit(true);
			return dataSource;
		}

		@Bean
		JdbcClient jdbcClient(DataSource dataSource) {
			return JdbcClient.create(dataSource);
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

	static class Unreachable extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("there is nothing");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
