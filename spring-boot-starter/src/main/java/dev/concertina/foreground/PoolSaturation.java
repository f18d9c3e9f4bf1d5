package dev.concertina.foreground;

import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * Which share of the connections of the application's pool is in use. Where Concertina
 * works with connections of that pool, they are among them.
 */
public class PoolSaturation implements Signal {

	private final Supplier<@Nullable DataSourcePoolMetadata> pool;

	private final Limit share;

	/**
	 * Measure the pool.
	 * @param pool what tells of the pool; of none that it knows, nothing
	 * @param share the limit of the share of connections in use, from 0 to 1
	 */
	public PoolSaturation(Supplier<@Nullable DataSourcePoolMetadata> pool, Limit share) {
		this.pool = pool;
		this.share = share;
	}

	@Override
	public String name() {
		return "connection pool";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		DataSourcePoolMetadata metadata = this.pool.get();
		if (metadata == null) {
			return Advice.unknown("the data source is no pool that Spring Boot knows");
		}
		Integer active = metadata.getActive();
		Integer max = metadata.getMax();
		if (active == null || max == null) {
			return Advice.unknown("the pool does not tell how many connections it has");
		}
		if (max <= 0) {
			return Advice.goOn("%d connections are in use, without a limit".formatted(active));
		}
		return this.share.judge((double) active / max,
				"%d of %d connections are in use (limit %.0f %%)".formatted(active, max, this.share.slower() * 100));
	}

}
