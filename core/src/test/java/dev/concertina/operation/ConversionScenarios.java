package dev.concertina.operation;

import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;

/**
 * Changes of a type whose expressions Concertina knows.
 */
final class ConversionScenarios {

	private ConversionScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(toBoolean(), moneyToCents(), moneyToNumeric(), listToArray(), enumToLookup());
	}

	private static Scenario toBoolean() {
		return ColumnScenarios.moving("text to boolean", "paid char(3) DEFAULT 'no'",
				"INSERT INTO t VALUES (1, 'yes', '-'), (2, 'no', '-'), (3, NULL, '-')",
				ConvertToBoolean.of("t", "paid", "is_paid", "yes", "no"),
				"ALTER TABLE t ADD is_paid boolean; UPDATE t SET is_paid = paid = 'yes'; ALTER TABLE t DROP paid, ALTER is_paid SET DEFAULT false",
				ColumnScenarios.pairWriters("paid", "is_paid", "'no'", "false", "'yes'", "true"),
				ColumnScenarios.version("paid", (random) -> random.nextBoolean() ? "'yes'" : "'no'"),
				ColumnScenarios.version("is_paid", (random) -> String.valueOf(random.nextBoolean())));
	}

	private static Scenario moneyToCents() {
		return ColumnScenarios.moving("float to cents", "price double precision",
				"INSERT INTO t VALUES (1, 1.1, '-'), (2, 2.29, '-'), (3, NULL, '-')",
				ConvertMoney.of("t", "price", "cents", ConvertMoney.Unit.SMALLEST, 2),
				"ALTER TABLE t ADD cents bigint; UPDATE t SET cents = round(price::numeric * 100); ALTER TABLE t DROP price",
				ColumnScenarios.pairWriters("price", "cents", "9.99", "999", "1.1", "110"),
				ColumnScenarios.version("price",
						(random) -> "%d.%02d".formatted(random.nextInt(100), random.nextInt(100))),
				ColumnScenarios.version("cents", (random) -> String.valueOf(random.nextInt(10_000))));
	}

	private static Scenario moneyToNumeric() {
		return ColumnScenarios.moving("money to numeric", "price money",
				"INSERT INTO t VALUES (1, 1.1, '-'), (2, 2.29, '-'), (3, NULL, '-')",
				ConvertMoney.of("t", "price", "amount", ConvertMoney.Unit.NUMERIC, 2),
				"ALTER TABLE t ADD amount numeric(19,2); UPDATE t SET amount = price::numeric; ALTER TABLE t DROP price",
				ColumnScenarios.pairWriters("price", "amount", "9.99::money", "9.99", "1.10::money", "1.10"),
				ColumnScenarios.version("price",
						(random) -> "%d.%02d::money".formatted(random.nextInt(100), random.nextInt(100))),
				ColumnScenarios.version("amount",
						(random) -> "%d.%02d".formatted(random.nextInt(100), random.nextInt(100))));
	}

	private static Scenario listToArray() {
		return ColumnScenarios.moving("list to array", "tags text",
				"INSERT INTO t VALUES (1, 'red,green', '-'), (2, '', '-'), (3, NULL, '-')",
				ListToArray.of("t", "tags", "tag_list", "text", ","),
				"ALTER TABLE t ADD tag_list text[]; UPDATE t SET tag_list = string_to_array(tags, ','); ALTER TABLE t DROP tags",
				ColumnScenarios.pairWriters("tags", "tag_list", "'blue,red'", "'{blue,red}'::text[]", "'red,green'",
						"'{red,green}'::text[]"),
				ColumnScenarios.version("tags",
						(random) -> "'a%d,b%d'".formatted(random.nextInt(9), random.nextInt(9))),
				ColumnScenarios.version("tag_list",
						(random) -> "'{c%d,d%d}'".formatted(random.nextInt(9), random.nextInt(9))));
	}

	private static Scenario enumToLookup() {
		Scenario scenario = ColumnScenarios.moving("enum to lookup table", "status order_status NOT NULL DEFAULT 'new'",
				"INSERT INTO t VALUES (1, 'new', '-'), (2, 'sent', '-'), (3, 'new', '-')",
				EnumToLookup.of("t", "status", "status_label", "status"),
				"CREATE TABLE status (label text PRIMARY KEY, position int); INSERT INTO status VALUES ('new', 1), ('sent', 2), ('lost', 3);"
						+ " ALTER TABLE t ALTER status DROP DEFAULT; ALTER TABLE t ALTER status TYPE text; ALTER TABLE t RENAME status TO status_label;"
						+ " ALTER TABLE t ALTER status_label SET DEFAULT 'new'; ALTER TABLE t ADD FOREIGN KEY (status_label) REFERENCES status",
				ColumnScenarios.pairWriters("status", "status_label", "'sent'", "'sent'", "'new'", "'new'")
					.stream()
					.filter((writer) -> !writer.name().contains("NULL"))
					.toList(),
				ColumnScenarios.version("status", (random) -> random.nextBoolean() ? "'lost'" : "'sent'"),
				ColumnScenarios.version("status_label", (random) -> random.nextBoolean() ? "'lost'" : "'new'"));
		return scenario.before("CREATE TYPE order_status AS ENUM ('new', 'sent', 'lost')");
	}

}
