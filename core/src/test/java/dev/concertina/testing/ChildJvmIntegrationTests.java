package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class ChildJvmIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TestDatabase db;

	private final ChildJvms jvms;

	ChildJvmIntegrationTests(TestDatabase db, ChildJvms jvms) {
		this.db = db.execute("CREATE TABLE account (id int)");
		this.jvms = jvms;
	}

	@Test
	void losesItsTransactionWhenItIsKilledAndTheServerStays() {
		ChildJvm child = this.jvms.start(JvmLaunch.of(Writer.class).with(this.db).withArguments("7"));
		child.awaitLine("inserted 7"::equals, PATIENCE);

		child.kill();

		assertThat(child.isAlive()).isFalse();
		assertThat(this.db).table("account").hasRowCount(0);
		this.db.session("next").begin().execute("LOCK TABLE account");
	}

	@Test
	void goesOnOnlyWhenItIsResumed() {
		Session session = this.db.session("holder").begin().execute("LOCK TABLE account");
		ChildJvm child = this.jvms.start(JvmLaunch.of(Writer.class).with(this.db).withArguments("8"));
		Patience.await().until(() -> this.db.waitsForLock("writer"));

		child.pause();
		session.commit();
		Patience.await().until(() -> !this.db.waitsForLock("writer"));
		assertThat(child.lines()).isEmpty();
		child.resume();

		assertThat(child.awaitLine("inserted 8"::equals, PATIENCE)).isNotNull();
	}

	@Test
	void endsByItselfWithItsStatus() {
		ChildJvm child = this.jvms.start(JvmLaunch.of(Failing.class).withProperty("status", "17"));

		assertThat(child.awaitExit(PATIENCE)).isEqualTo(17);
		assertThat(child.lines()).containsExactly("in America/St_Johns");
	}

	@Test
	void saysWhatItPrintedWhenALineNeverComes() {
		ChildJvm child = this.jvms.start(JvmLaunch.of(Failing.class).withProperty("status", "1"));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> child.awaitLine("ready"::equals, PATIENCE))
			.withMessageContaining("The child ended without the line")
			.withMessageContaining("in America/St_Johns");
	}

	@Test
	void endsWithItsParentHoweverThatEnds() {
		ChildJvm parent = this.jvms.start(JvmLaunch.of(Parent.class).with(this.db));
		long grandchild = Long.parseLong(parent.awaitLine((line) -> line.matches("\\d+"), PATIENCE));
		assertThat(isAlive(grandchild)).isTrue();

		parent.kill();

		Patience.await().until(() -> !isAlive(grandchild));
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
	}

	public static final class Writer {

		private Writer() {
		}

		public static void main(String[] args) throws SQLException, InterruptedException {
			try (Connection connection = DatabaseAccess.handedOver().connect("writer");
					var statement = connection.createStatement()) {
				statement.execute("BEGIN; INSERT INTO account VALUES (" + args[0] + ")");
				System.out.println("inserted " + args[0]);
				new CountDownLatch(1).await();
			}
		}

	}

	public static final class Parent {

		private Parent() {
		}

		public static void main(String[] args) throws InterruptedException {
			ChildJvm child = ChildJvm
				.start(new JvmLaunch(Writer.class, DatabaseAccess.handedOver().asSystemProperties(), List.of("1")));
			child.awaitLine("inserted 1"::equals, PATIENCE);
			System.out.println(child.pid());
			new CountDownLatch(1).await();
		}

	}

	public static final class Failing {

		private Failing() {
		}

		public static void main(String[] args) {
			System.out.println("in " + TimeZone.getDefault().getID());
			System.exit(Integer.getInteger("status"));
		}

	}

}
