package dev.concertina.actuate;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ObservedChange;

/**
 * Tells where all changes are, and what they wait for.
 */
@Endpoint(id = "concertina")
public class ConcertinaEndpoint {

	private static final int MISMATCHES = 100;

	private final Concertina concertina;

	private final ChangeWatch watch;

	/**
	 * Tell of changes.
	 * @param concertina what runs the changes
	 * @param watch what looks at them
	 */
	public ConcertinaEndpoint(Concertina concertina, ChangeWatch watch) {
		this.concertina = concertina;
		this.watch = watch;
	}

	/**
	 * Return all changes.
	 * @return the changes in the order of their versions
	 */
	@ReadOperation
	public ChangesDescriptor changes() {
		return new ChangesDescriptor(this.watch.now().stream().map(ChangeDescriptor::of).toList());
	}

	/**
	 * Return one change with its history.
	 * @param id the change
	 * @return the change, or {@code null} if it was never expanded
	 */
	@ReadOperation
	public @Nullable ChangeDetails change(@Selector String id) {
		return find(id).map(this::details).orElse(null);
	}

	/**
	 * Return what a change does, as it was compiled when it was expanded.
	 * @param id the change
	 * @param form how it shall be told
	 * @return its plan, or {@code null} if it was never expanded
	 */
	@ReadOperation(produces = "text/plain;charset=UTF-8")
	public @Nullable String plan(@Selector String id, @Selector PlanForm form) {
		return find(id).flatMap((change) -> this.concertina.explain(ChangeId.of(id))).map(form::text).orElse(null);
	}

	private Optional<ObservedChange> find(String id) {
		return this.watch.now().stream().filter((change) -> change.status().id().equals(id)).findFirst();
	}

	private ChangeDetails details(ObservedChange change) {
		ChangeId id = ChangeId.of(change.status().id());
		return new ChangeDetails(ChangeDescriptor.of(change), this.concertina.mismatches(id, MISMATCHES),
				this.concertina.history(id));
	}

	/**
	 * All changes.
	 *
	 * @param changes the changes in the order of their versions
	 */
	public record ChangesDescriptor(List<ChangeDescriptor> changes) {

	}

}
