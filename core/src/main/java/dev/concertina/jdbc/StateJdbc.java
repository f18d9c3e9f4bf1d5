package dev.concertina.jdbc;

import java.sql.Connection;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.concertina.schema.StateSchemaName;

/**
 * A template that knows where the state is: our own SQL says <code>{state}</code> in
 * place of its schema.
 */
public final class StateJdbc extends JdbcTemplate {

	private static final String PLACEHOLDER = "{state}";

	private final StateSchemaName schema;

	private final JdbcClient client;

	/**
	 * Use a data source.
	 * @param dataSource where connections come from
	 * @param schema where the state is
	 */
	public StateJdbc(DataSource dataSource, StateSchemaName schema) {
		super(dataSource);
		this.schema = schema;
		this.client = JdbcClient.create(this);
	}

	/**
	 * Return a template on one connection, whose transaction is the caller's.
	 * @param connection the connection, which stays open
	 * @param schema where the state is
	 * @return the template
	 */
	public static StateJdbc on(Connection connection, StateSchemaName schema) {
		return new StateJdbc(new SingleConnectionDataSource(connection, true), schema);
	}

	/**
	 * Return where the state is.
	 * @return the schema
	 */
	public StateSchemaName schema() {
		return this.schema;
	}

	/**
	 * Begin a statement on the state.
	 * @param sql our own SQL; that of a change stays as it is
	 * @return what takes its parameters
	 */
	public StatementSpec state(String sql) {
		return this.client.sql(stateSql(sql));
	}

	/**
	 * Return SQL as the server takes it.
	 * @param sql our own SQL, before that of a change is put into it
	 * @return the same with the schema of the state
	 */
	public String stateSql(String sql) {
		return sql.replace(PLACEHOLDER, this.schema.sql());
	}

}
