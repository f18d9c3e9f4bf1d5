package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.CatalogScope;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a column has arrives at the one that takes its place: the catalog is that of a
 * plain, locking statement.
 */
@PostgresTest
class CarriedIntegrationTests {

	private static final CatalogScope SCOPE = CatalogScope.everything().without("concertina");

	private static final String[] RICH = { "CREATE TABLE country (code text PRIMARY KEY)", """
			CREATE TABLE customer (
			  id bigint PRIMARY KEY,
			  mail varchar(80) COLLATE "C" NOT NULL DEFAULT 'a@b' CONSTRAINT "has @" CHECK (mail LIKE '%@%'),
			  name text,
			  country text REFERENCES country ON DELETE SET NULL,
			  CONSTRAINT "customer mail" UNIQUE (mail))""",
			"ALTER TABLE customer ADD CONSTRAINT long_enough CHECK (length(mail) > length(name)) NOT VALID",
			"ALTER TABLE customer ADD CONSTRAINT later UNIQUE (name, mail) DEFERRABLE INITIALLY DEFERRED",
			"ALTER TABLE customer ADD CONSTRAINT mail_country FOREIGN KEY (mail) REFERENCES country ON UPDATE CASCADE NOT VALID",
			"CREATE INDEX lower_mail ON customer (lower(mail) text_pattern_ops DESC NULLS LAST, name) INCLUDE (id) WHERE mail <> 'mail'",
			"CREATE UNIQUE INDEX mail_of_country ON customer USING btree (country, mail COLLATE \"C\")",
			"CREATE STATISTICS mail_and_name (dependencies) ON mail, name FROM customer",
			"CREATE STATISTICS mail_length ON length(mail) FROM customer",
			"COMMENT ON COLUMN customer.mail IS 'the customer''s address'",
			"COMMENT ON INDEX lower_mail IS 'for the search'",
			"COMMENT ON CONSTRAINT \"has @\" ON customer IS 'roughly'",
			"COMMENT ON STATISTICS mail_and_name IS 'they go together'",
			"GRANT SELECT (mail), UPDATE (mail) ON customer TO PUBLIC",
			"GRANT INSERT (mail) ON customer TO pg_monitor WITH GRANT OPTION",
			"ALTER TABLE customer ALTER COLUMN mail SET STATISTICS 500, ALTER COLUMN mail SET STORAGE EXTERNAL",
			"ALTER TABLE customer ALTER COLUMN mail SET COMPRESSION pglz, ALTER COLUMN mail SET (n_distinct = -0.5)",
			"CREATE TABLE login (id bigint PRIMARY KEY, mail text CONSTRAINT login_mail REFERENCES customer (mail) ON DELETE CASCADE)",
			"ALTER TABLE customer ADD COLUMN referrer varchar(80) REFERENCES customer (mail)" };

	private final TestDatabase db;

	CarriedIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void arriveAtARenamedColumn() {
		assertSame(RenameColumn.of("customer", "mail", "email"), "ALTER TABLE customer RENAME COLUMN mail TO email");
	}

	@Test
	void arriveAtAColumnOfAnotherType() {
		assertSame(ChangeColumnType.of("customer", "mail", "email", "text", "mail", "email").withDefault("'a@b'"),
				"ALTER TABLE customer ALTER COLUMN mail TYPE text COLLATE \"C\", ALTER COLUMN mail SET DEFAULT 'a@b'",
				"ALTER TABLE customer RENAME COLUMN mail TO email");
	}

	@Test
	void arriveAtAnotherPrimaryKey() {
		assertSame(RenameColumn.of("country", "code", "iso"), "ALTER TABLE country RENAME COLUMN code TO iso");
	}

	private void assertSame(Operation operation, String... plain) {
		this.db.execute(RICH);
		Change change = Change.version("1", "change").operation(operation).build();
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		CatalogDump changed = CatalogDump.of(this.db, SCOPE);
		this.db.execute("DROP TABLE customer, country, login CASCADE").execute(RICH).execute(plain);
		assertThat(changed.lines()).containsExactlyInAnyOrderElementsOf(CatalogDump.of(this.db, SCOPE).lines());
	}

}
