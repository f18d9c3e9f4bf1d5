package dev.concertina.dualwrite;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.testing.TestDatabase;

/**
 * Notes that both structures hold, differing or equal.
 */
final class ShadowedNotes {

	private ShadowedNotes() {
	}

	static ConfigurableApplicationContext differing(ConfigurableApplicationContext shop, TestDatabase database,
			int readShare) {
		MoveNotes.writeBoth(database, readShare);
		database.execute("INSERT INTO note_old VALUES (1, 'old text')", "INSERT INTO note_new VALUES (1, 'new text')");
		return shop;
	}

	static ConfigurableApplicationContext equal(ConfigurableApplicationContext shop, TestDatabase database) {
		MoveNotes.writeBoth(database, 0);
		database.execute("INSERT INTO note_old VALUES (1, 'text')", "INSERT INTO note_new VALUES (1, 'text')");
		return shop;
	}

	/**
	 * Both in one transaction, as the router does.
	 */
	static void overwrite(TestDatabase database, String text) {
		database.execute("UPDATE note_old SET text = '%s'; UPDATE note_new SET text = '%s'".formatted(text, text));
	}

	static TransactionTemplate transactions(ConfigurableApplicationContext shop, int isolation) {
		TransactionTemplate template = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
		template.setIsolationLevel(isolation);
		return template;
	}

}
