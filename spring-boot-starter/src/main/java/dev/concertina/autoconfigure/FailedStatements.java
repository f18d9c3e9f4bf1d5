package dev.concertina.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

import dev.concertina.watch.ChangedDatabases;

/**
 * Hears of each statement of a pool that fails as a table or a column does not exist, and
 * has it looked up whether that is out of sight; on a thread of its own, as the one that
 * has failed may hold the last connection.
 */
final class FailedStatements implements BeanPostProcessor, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(FailedStatements.class);

	/** What fails again and again is looked up now and then. */
	private static final Duration KNOWN = Duration.ofMinutes(1);

	private static final int MOST = 100;

	private final ObjectProvider<ChangedDatabases> databases;

	private final ObjectProvider<InstanceIdentity> identity;

	private final Map<String, Long> known = new ConcurrentHashMap<>();

	private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(1, 1, KNOWN.toSeconds(), TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(MOST), (work) -> {
				Thread thread = new Thread(work, "concertina-failed-statements");
				thread.setDaemon(true);
				return thread;
			}, new ThreadPoolExecutor.DiscardPolicy());

	FailedStatements(ObjectProvider<ChangedDatabases> databases, ObjectProvider<InstanceIdentity> identity) {
		this.databases = databases;
		this.identity = identity;
		this.lookups.allowCoreThreadTimeOut(true);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
			pool.setExceptionOverride(new FailureHook(this::look, pool.getExceptionOverride()));
		}
		return bean;
	}

	private void look(SQLException failure) {
		String problem = String.valueOf(failure.getMessage());
		long now = System.nanoTime();
		if (this.known.size() >= MOST) {
			this.known.values().removeIf((at) -> now - at > KNOWN.toNanos());
		}
		Long before = this.known.get(problem);
		if (this.known.size() < MOST && (before == null || now - before > KNOWN.toNanos())) {
			this.known.put(problem, now);
			this.lookups.execute(() -> lookUp(problem));
		}
	}

	private void lookUp(String problem) {
		try {
			String by = this.identity.stream().map(InstanceIdentity::session).findFirst().orElse("application");
			this.databases.ifAvailable((databases) -> databases.missed(problem, by));
		}
		catch (RuntimeException ex) {
			logger.debug("It can't be told whether what a statement misses is out of sight", ex);
		}
	}

	@Override
	public void destroy() {
		this.lookups.shutdownNow();
	}

}
