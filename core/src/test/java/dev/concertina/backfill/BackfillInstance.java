package dev.concertina.backfill;

import javax.sql.DataSource;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.testing.Application;
import dev.concertina.testing.DatabaseAccess;

/**
 * One of several instances in JVMs of their own that share a backfill. It tells on its
 * output whatever it does.
 */
public final class BackfillInstance {

	private BackfillInstance() {
	}

	public static void main(String[] args) throws InterruptedException {
		DataSource database = DatabaseAccess.handedOver().pool(args[0]);
		Application
			.pooled(database, database, DisturbedRun.OPTIONS, (builder) -> builder.listener(BackfillInstance::tell),
					DisturbedRun.CHANGE)
			.concertina()
			.start();
		Thread.currentThread().join();
	}

	private static void tell(MigrationEvent event) {
		if (!(event instanceof Held)) {
			System.out.println(event);
		}
	}

}
