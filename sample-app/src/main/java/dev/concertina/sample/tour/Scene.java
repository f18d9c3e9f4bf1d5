package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.function.Supplier;

import dev.concertina.ChangeStatus;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ObservedChange;

/**
 * Where a change is, in a few words.
 */
final class Scene implements Supplier<String> {

	private final ChangeWatch watch;

	private final ChangeId change;

	Scene(ChangeWatch watch, ChangeId change) {
		this.watch = watch;
		this.change = change;
	}

	@Override
	public String get() {
		return this.watch.now()
			.stream()
			.filter((observed) -> observed.status().id().equals(this.change.value()))
			.map(Scene::words)
			.findFirst()
			.orElse("");
	}

	static String words(ObservedChange observed) {
		ChangeStatus status = observed.status();
		Phase phase = status.state().phase();
		if (status.state().status() != Status.RUNNING) {
			return (status.reason() != null) ? "%s: %s".formatted(status.state(), status.reason())
					: status.state().toString();
		}
		return switch (phase) {
			case EXPAND, DUAL_WRITE -> phase.name();
			case BACKFILL -> (observed.fraction(phase) < 1) ? progress(observed, phase)
					: "BACKFILL 100 %  builds the index and the foreign key";
			case VERIFY -> progress(observed, phase);
			case CONTRACT -> "READS    %3d %%  from the new structure".formatted(status.readShare());
		};
	}

	private static String progress(ObservedChange observed, Phase phase) {
		String percent = "%-8s %3d %%".formatted(phase, (int) (100 * observed.fraction(phase)));
		long rowsPerSecond = Math.round(observed.speed().rowsPerSecond());
		return (rowsPerSecond == 0) ? percent
				: "%s  %,d rows/s%s".formatted(percent, rowsPerSecond, observed.left(phase).map(Scene::eta).orElse(""));
	}

	private static String eta(Duration left) {
		return "  ETA %d s".formatted((left.toMillis() + 999) / 1000);
	}

}
