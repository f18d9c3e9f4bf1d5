package dev.concertina.dualwrite;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes in a table, by plain SQL.
 */
class TableNotes implements Notes {

	private final JdbcClient jdbc;

	private final String table;

	/** What happens before a read, so that a test can be in the middle of one. */
	private volatile Runnable beforeRead = () -> {
	};

	TableNotes(JdbcClient jdbc, String table) {
		this.jdbc = jdbc;
		this.table = table;
	}

	void beforeRead(Runnable action) {
		this.beforeRead = action;
	}

	@Override
	public String save(long id, String text) {
		this.jdbc
			.sql("INSERT INTO %s VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text"
				.formatted(this.table))
			.params(id, text)
			.update();
		return this.table;
	}

	@Override
	public void deleteById(long id) {
		this.jdbc.sql("DELETE FROM %s WHERE id = ?".formatted(this.table)).param(id).update();
	}

	@Override
	public void saveOrRefuse(long id, String text) throws RefusedException {
		save(id, text);
		if (text.equals("refused by " + this.table)) {
			throw new RefusedException(text);
		}
	}

	@Override
	public Optional<String> findText(long id) {
		this.beforeRead.run();
		return this.jdbc.sql("SELECT text FROM %s WHERE id = ?".formatted(this.table))
			.param(id)
			.query((row, number) -> row.getString(1))
			.optional();
	}

	@Override
	public List<String> findAllTexts() {
		return this.jdbc.sql("SELECT text FROM " + this.table).query((row, number) -> row.getString(1)).list();
	}

	@Override
	public Stream<String> streamAllTexts() {
		return this.jdbc.sql("SELECT text FROM " + this.table).query((row, number) -> row.getString(1)).stream();
	}

	@Override
	public String answeredBy(long id) {
		return this.table;
	}

	@Override
	public String anyAnsweredBy() {
		return this.table;
	}

}
