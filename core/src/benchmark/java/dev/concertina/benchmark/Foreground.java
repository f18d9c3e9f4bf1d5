package dev.concertina.benchmark;

import dev.concertina.testing.DatabaseAccess;

/**
 * The application: 200 point UPDATEs and 100 point SELECTs a second, each kind with
 * connections of its own.
 */
final class Foreground implements AutoCloseable {

	private static final String SELECT_ONE = """
			SELECT order_id, product, price, quantity FROM line WHERE id = ?""";

	private static final String UPDATE_ONE = """
			UPDATE line SET quantity = quantity % 10 + 1 WHERE id = ?""";

	static final int UPDATES = 200;

	static final int SELECTS = 100;

	private final OpenLoop updates;

	private final OpenLoop selects;

	Foreground(DatabaseAccess access, int rows) {
		this.updates = new OpenLoop(access, UPDATE_ONE, rows, UPDATES, 32);
		this.selects = new OpenLoop(access, SELECT_ONE, rows, SELECTS, 16);
	}

	OpenLoop updates() {
		return this.updates;
	}

	OpenLoop selects() {
		return this.selects;
	}

	@Override
	public void close() {
		try (this.selects) {
			this.updates.close();
		}
	}

}
