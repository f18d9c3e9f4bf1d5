package dev.concertina.sample.tour;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.concertina.Concertina;

/**
 * Decides for each read whether it asks the new structure: as often as the read share of
 * the change says, which is looked up ten times a second.
 */
public class ReadSwitch implements BooleanSupplier {

	private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);

	private final Concertina concertina;

	private volatile Share share = new Share(0, System.nanoTime() - MAX_AGE);

	/**
	 * Make a switch.
	 * @param concertina what knows the read share
	 */
	public ReadSwitch(Concertina concertina) {
		this.concertina = concertina;
	}

	@Override
	public boolean getAsBoolean() {
		Share known = this.share;
		if (System.nanoTime() - known.at() >= MAX_AGE) {
			known = new Share(this.concertina.readShare(Tour.CHANGE), System.nanoTime());
			this.share = known;
		}
		return ThreadLocalRandom.current().nextInt(100) < known.percent();
	}

	private record Share(int percent, long at) {

	}

}
