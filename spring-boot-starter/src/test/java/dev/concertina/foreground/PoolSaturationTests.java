package dev.concertina.foreground;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.metadata.HikariDataSourcePoolMetadata;

import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;

import static org.assertj.core.api.Assertions.assertThat;

class PoolSaturationTests {

	private final HikariDataSource pool = new HikariDataSource();

	private final List<Connection> connections = new ArrayList<>();

	private final PoolSaturation signal = new PoolSaturation(() -> new HikariDataSourcePoolMetadata(this.pool),
			new Limit(0.5, 1));

	PoolSaturationTests() {
		this.pool.setJdbcUrl("jdbc:h2:mem:pool");
		this.pool.setMaximumPoolSize(4);
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void isUnknownBeforeThePoolIsUsed() {
		assertThat(read()).isEqualTo(Advice.unknown("the pool does not tell how many connections it has"));
	}

	@Test
	void isUnknownOfWhatIsNoPool() {
		assertThat(new PoolSaturation(() -> null, Limit.of(0.5)).read(Set.of()))
			.isEqualTo(Advice.unknown("the data source is no pool that Spring Boot knows"));
	}

	@Test
	void growsWithTheConnectionsInUse() throws SQLException {
		borrow(2);
		assertThat(read()).isEqualTo(Advice.goOn("2 of 4 connections are in use (limit 50 %)"));
		borrow(1);
		assertThat(read().kind()).isEqualTo(Kind.SLOWER);
		borrow(1);
		assertThat(read()).isEqualTo(Advice.hold("4 of 4 connections are in use (limit 50 %)"));
		for (Connection connection : this.connections) {
			connection.close();
		}
		assertThat(read().kind()).isEqualTo(Kind.GO_ON);
	}

	private void borrow(int count) throws SQLException {
		for (int number = 0; number < count; number++) {
			this.connections.add(this.pool.getConnection());
		}
	}

	private Advice read() {
		return this.signal.read(Set.of());
	}

}
