package dev.concertina.chunk;

import java.util.List;

/**
 * Keys of many types, with the values that are hard to write down or to put in order.
 */
enum KeyKind {

	BIGINT("id bigint PRIMARY KEY", "id", "(n - 200) * 1000003::bigint", "'9223372036854775807'",
			"'-9223372036854775808'"),

	UUID("id uuid PRIMARY KEY", "id", "md5(n::text)::uuid"),

	/** An order in which case and accents come last. */
	TEXT("id text COLLATE natural_order PRIMARY KEY", "id",
			"(ARRAY['a', 'A', 'ä', 'Z', '''', '\\', '\"', ' ', 'é', ',}', '?', 'ß'])[1 + n % 12] || n", "''", "'NULL'"),

	TIMESTAMPTZ("id timestamptz PRIMARY KEY", "id",
			"timestamptz '2024-10-27 00:59:59.9999+00' + n * interval '1 microsecond'", "'infinity'", "'-infinity'",
			"'0044-03-15 12:00:00 BC'"),

	NUMERIC("id numeric PRIMARY KEY", "id", "(n - 200) / 7.0", "'NaN'", "'Infinity'", "'-Infinity'", "1e100", "1e-100"),

	CHARACTER("id char(8) PRIMARY KEY", "id", "n % 1000"),

	MIXED("tenant int, \"the \"\"Key\"\"\" text COLLATE natural_order, at timestamptz, PRIMARY KEY (tenant, \"the \"\"Key\"\"\", at)",
			"tenant, \"the \"\"Key\"\"\", at",
			"n % 3, (ARRAY['it''s', 'Ä', 'a\\b', ''])[1 + n % 4], timestamptz '2024-01-01' + n * interval '1 hour'",
			"1, '', 'infinity'"),

	DESCENDING("a int NOT NULL, b text NOT NULL", "a, b", "n % 5, n::text") {

		@Override
		List<String> tableStatements() {
			return List.of("CREATE UNIQUE INDEX ON line (a DESC, b DESC) INCLUDE (price)");
		}

	};

	private final String definition;

	private final String columns;

	private final String value;

	private final List<String> special;

	KeyKind(String definition, String columns, String value, String... special) {
		this.definition = definition;
		this.columns = columns;
		this.value = value;
		this.special = List.of(special);
	}

	String definition() {
		return this.definition;
	}

	String columns() {
		return this.columns;
	}

	/**
	 * Returns the key of the row with a number, an SQL expression.
	 */
	String value(String number) {
		return this.value.replaceAll("\\bn\\b", number);
	}

	/**
	 * Returns keys that no number gives.
	 */
	List<String> special() {
		return this.special;
	}

	List<String> tableStatements() {
		return List.of();
	}

}
