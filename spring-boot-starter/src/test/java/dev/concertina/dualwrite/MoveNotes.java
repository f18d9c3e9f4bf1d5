package dev.concertina.dualwrite;

import java.util.List;

import dev.concertina.change.Change;
import dev.concertina.operation.CreateTable;
import dev.concertina.operation.DropTable;
import dev.concertina.operation.TableColumn;
import dev.concertina.plan.KeptBy;
import dev.concertina.testing.TestDatabase;

/**
 * A change that the application keeps in step, and where a test wants it to be.
 */
public final class MoveNotes {

	public static final Change CHANGE = Change.version("1", "move_notes")
		.keptBy(KeptBy.APPLICATION)
		.operation(CreateTable.of("note_new", TableColumn.of("id", "bigint"), TableColumn.of("text", "text"))
			.withPrimaryKey("id"))
		.operation(DropTable.of("note_old"))
		.build();

	private MoveNotes() {
	}

	/**
	 * Brings a database to where the version before the change has left it.
	 */
	public static void fill(TestDatabase database) {
		database.execute("CREATE TABLE note_old (id bigint PRIMARY KEY, text text CHECK (text <> 'bad for old'))");
	}

	public static void writeOld(TestDatabase database) {
		set(database, "EXPAND", "RUNNING", 0);
	}

	public static void writeBoth(TestDatabase database, int readShare) {
		set(database, "CONTRACT", "RUNNING", readShare);
	}

	public static void writeNew(TestDatabase database) {
		set(database, "CONTRACT", "COMPLETED", 100);
	}

	public static void set(TestDatabase database, String phase, String status, int readShare) {
		int changed = database.jdbc()
			.sql("UPDATE concertina.change SET phase = ?, status = ?, read_share = ? WHERE id = ?")
			.params(phase, status, readShare, CHANGE.id().value())
			.update();
		if (changed != 1) {
			throw new IllegalStateException("The change was not expanded");
		}
	}

	public static List<String> texts(TestDatabase database, String table) {
		return database.jdbc()
			.sql("SELECT text FROM %s ORDER BY id".formatted(table))
			.query((row, number) -> row.getString(1))
			.list();
	}

	public static int readShare(TestDatabase database) {
		return database.jdbc()
			.sql("SELECT read_share FROM concertina.change WHERE id = ?")
			.param(CHANGE.id().value())
			.query(Integer.class)
			.single();
	}

}
