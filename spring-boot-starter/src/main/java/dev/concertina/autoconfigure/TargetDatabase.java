package dev.concertina.autoconfigure;

import java.sql.DatabaseMetaData;
import java.util.Optional;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

import dev.concertina.schema.StateSchemaName;

/**
 * The database whose schema changes, if it is one that Concertina knows.
 */
final class TargetDatabase {

	private static final Logger logger = LoggerFactory.getLogger(TargetDatabase.class);

	private final DataSource dataSource;

	private final StateSchemaName schema;

	private final ChangeDefinitions definitions;

	private @Nullable Boolean supported;

	TargetDatabase(DataSource dataSource, StateSchemaName schema, ChangeDefinitions definitions) {
		this.dataSource = dataSource;
		this.schema = schema;
		this.definitions = definitions;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	ChangeDefinitions definitions() {
		return this.definitions;
	}

	/**
	 * Return where the state is.
	 */
	StateSchemaName schema() {
		return this.schema;
	}

	/**
	 * Return whether it is PostgreSQL. One that can't be reached at first is taken for
	 * it: Flyway may wait for it, and tells of it if it does not come.
	 */
	synchronized boolean isSupported() {
		if (this.supported == null) {
			Optional<String> other = product().filter((product) -> !product.equals("PostgreSQL"));
			other.ifPresent(this::tellUnsupported);
			this.supported = other.isEmpty();
		}
		return this.supported;
	}

	private Optional<String> product() {
		try {
			return Optional.ofNullable(
					JdbcUtils.extractDatabaseMetaData(this.dataSource, DatabaseMetaData::getDatabaseProductName));
		}
		catch (MetaDataAccessException ex) {
			return Optional.empty();
		}
	}

	private void tellUnsupported(String product) {
		if (this.definitions.isEmpty()) {
			logger.info("Concertina is off: it changes PostgreSQL, and this is {}", product);
			return;
		}
		logger.warn("Concertina is off: it changes PostgreSQL, and this is {}; changes {} are not run", product,
				this.definitions.ids());
	}

}
