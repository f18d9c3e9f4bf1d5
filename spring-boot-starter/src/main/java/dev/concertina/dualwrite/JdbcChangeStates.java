package dev.concertina.dualwrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.concertina.ChangeState;
import dev.concertina.ChangeState.Writes;
import dev.concertina.ChangeStates;
import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.Status;

/**
 * Reads how changes stand through the data source of the application, hence in its
 * transactions.
 */
public final class JdbcChangeStates implements ChangeStates {

	private static final String IS_INSTALLED = """
			SELECT pg_catalog.to_regclass('{state}.change') IS NOT NULL""";

	private static final String SELECT = """
			SELECT phase, status, kept_by, dropped, retired_at IS NOT NULL AS retired, read_share
			  FROM {state}.change
			 WHERE id = ?""";

	private static final String INSUFFICIENT_PRIVILEGE = "42501";

	private final Source first;

	private final Map<String, Source> others;

	/**
	 * Read through data sources.
	 * @param first the one that the transactions of the application are in
	 * @param others the data source of each change of another database, by its id
	 * @param schema where the state is
	 */
	public JdbcChangeStates(DataSource first, Map<String, DataSource> others, StateSchemaName schema) {
		this.first = new Source(first, schema);
		this.others = others.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (each) -> new Source(each.getValue(), schema)));
	}

	private Source source(String change) {
		return this.others.getOrDefault(change, this.first);
	}

	@Override
	public ChangeState state(String change) {
		Optional<Row> row = source(change).find(change);
		return new ChangeState(ChangeId.of(change), row.map(Row::writes).orElse(Writes.OLD),
				row.map(Row::readShare).orElse(0));
	}

	/**
	 * Return whether both structures hold all rows at this moment, so that their answers
	 * may be compared.
	 * @param change the id of the change
	 * @return {@code true} once they were copied, as long as both are kept in step
	 */
	public boolean areComparable(String change) {
		return source(change).find(change).filter(Row::isComparable).isPresent();
	}

	/**
	 * Return whether a change is read in the transactions of a manager, as far as that
	 * can be told beforehand: those of JDBC and JPA have a data source.
	 */
	boolean isReadIn(String change, PlatformTransactionManager manager) {
		BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(manager);
		return !properties.isReadableProperty("dataSource")
				|| Objects.equals(properties.getPropertyValue("dataSource"), source(change).dataSource);
	}

	/**
	 * Return whether a change is read in the transaction of this thread. What binds a
	 * connection to a transaction of something else leaves it to commit by itself.
	 */
	boolean isReadInTransaction(String change) {
		return source(change).isInTransaction();
	}

	/**
	 * Where changes are read.
	 */
	private static final class Source {

		private final DataSource dataSource;

		private final JdbcTemplate connection;

		private final StateJdbc jdbc;

		/** Once it is there it stays. */
		private volatile boolean installed;

		Source(DataSource dataSource, StateSchemaName schema) {
			this.dataSource = (dataSource instanceof TransactionAwareDataSourceProxy proxy)
					? Objects.requireNonNullElse(proxy.getTargetDataSource(), dataSource) : dataSource;
			this.connection = new JdbcTemplate(this.dataSource);
			this.jdbc = new StateJdbc(dataSource, schema);
		}

		boolean isInTransaction() {
			return TransactionSynchronizationManager.hasResource(this.dataSource)
					&& Boolean.FALSE.equals(this.connection.execute(Connection::getAutoCommit));
		}

		Optional<Row> find(String change) {
			return readable(() -> isInstalled() ? this.jdbc.state(SELECT)
				.param(change)
				.query((row, number) -> new Row(Phase.valueOf(row.getString("phase")),
						Status.valueOf(row.getString("status")), KeptBy.valueOf(row.getString("kept_by")),
						row.getBoolean("dropped"), row.getBoolean("retired"), row.getInt("read_share")))
				.optional() : Optional.empty());
		}

		private boolean isInstalled() {
			if (!this.installed) {
				this.installed = this.jdbc.state(IS_INSTALLED).query(Boolean.class).single();
			}
			return this.installed;
		}

		private Optional<Row> readable(Supplier<Optional<Row>> query) {
			try {
				return query.get();
			}
			catch (DataAccessException ex) {
				@Nullable Throwable cause = NestedExceptionUtils.getRootCause(ex);
				if (cause instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
					throw new ConcertinaException("The role of the application may not read how changes stand",
							"GRANT SELECT (id, phase, status, kept_by, dropped, retired_at, read_share) ON %s.change to it, as the role that migrates."
								.formatted(this.jdbc.schema().sql()),
							ex);
				}
				throw ex;
			}
		}

	}

	/**
	 * What is stored of a change.
	 *
	 * @param phase its phase
	 * @param status how it stands in it
	 * @param keptBy who keeps both structures in step
	 * @param dropped whether a part of the old structure is gone, or not written any more
	 * @param retired whether the old structure was taken out of sight; it is back when
	 * the change has been rolled back, or this is forgotten
	 * @param readShare the percentage of reads that the new structure answers
	 */
	record Row(Phase phase, Status status, KeptBy keptBy, boolean dropped, boolean retired, int readShare) {

		Writes writes() {
			return switch (this.status) {
				case CONTRACTING, RETIRED, UNRETIRING, UNRETIRE_FAILED, COMPLETED -> Writes.NEW;
				case ROLLING_BACK, ROLLBACK_FAILED -> this.retired ? Writes.NEW : Writes.OLD;
				case ROLLED_BACK -> Writes.OLD;
				case RUNNING, PAUSED, FAILED -> inPhase();
			};
		}

		private Writes inPhase() {
			if (this.phase == Phase.EXPAND) {
				return Writes.OLD;
			}
			if (this.dropped || this.retired) {
				return Writes.NEW;
			}
			return (this.keptBy == KeptBy.TRIGGERS) ? Writes.ONE : Writes.BOTH;
		}

		boolean isComparable() {
			boolean copied = this.phase == Phase.VERIFY || this.phase == Phase.CONTRACT;
			return copied && (writes() == Writes.BOTH || writes() == Writes.ONE);
		}

	}

}
