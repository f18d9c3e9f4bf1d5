package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.function.Supplier;

import dev.concertina.ChangeStatus;
import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.Progress;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;

/**
 * Where a change is, in a few words.
 */
final class Scene implements Supplier<String> {

	private final Concertina concertina;

	private final ChangeId change;

	private Phase phase = Phase.EXPAND;

	private Speed speed = new Speed();

	Scene(Concertina concertina, ChangeId change) {
		this.concertina = concertina;
		this.change = change;
	}

	@Override
	public String get() {
		return this.concertina.change(this.change).map(this::words).orElse("EXPAND");
	}

	private String words(ChangeStatus status) {
		Phase now = status.state().phase();
		if (now != this.phase) {
			this.phase = now;
			this.speed = new Speed();
		}
		if (status.state().status() != Status.RUNNING) {
			return (status.reason() != null) ? "%s: %s".formatted(status.state(), status.reason())
					: status.state().toString();
		}
		return switch (now) {
			case EXPAND, DUAL_WRITE -> now.name();
			case BACKFILL -> progress(status.backfill(), "builds indexes and keys");
			case VERIFY -> progress(status.verify(), "closes the books");
			case CONTRACT -> "READS  %3d %% from the new structure".formatted(status.readShare());
		};
	}

	private String progress(Progress progress, String afterwards) {
		this.speed.look(progress, System.nanoTime());
		if (progress.blocks() > 0 && progress.blocksDone() == progress.blocks()) {
			return "%-8s 100 %%  %s".formatted(this.phase, afterwards);
		}
		long percent = (long) (100 * ((progress.blocks() > 0) ? progress.fraction() : 0));
		return "%-8s %3d %%  %,d rows/s%s".formatted(this.phase, percent, this.speed.rowsPerSecond(),
				this.speed.timeLeft().map(Scene::eta).orElse(""));
	}

	private static String eta(Duration left) {
		return "  ETA %d s".formatted((left.toMillis() + 999) / 1000);
	}

}
