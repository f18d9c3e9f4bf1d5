package dev.concertina.watch;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.concertina.Concertina;
import dev.concertina.fleet.Instance;

/**
 * A database with changes.
 *
 * @param concertina what runs them
 * @param supported whether it is one that Concertina knows
 * @param fleet what finds the instances that are known to it
 */
public record ChangedDatabase(Concertina concertina, BooleanSupplier supported, Supplier<List<Instance>> fleet) {

	boolean isReadable() {
		return this.supported.getAsBoolean() && this.concertina.isInstalled();
	}

}
