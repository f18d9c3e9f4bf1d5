package dev.concertina.actuate;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.Tuning;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.ChangedDatabases;
import dev.concertina.watch.ObservedChange;

/**
 * Tells where all changes are, and what they wait for. With
 * {@code management.endpoint.concertina.access=unrestricted} it also steers them.
 */
@Endpoint(id = "concertina", defaultAccess = Access.READ_ONLY)
public class ConcertinaEndpoint {

	private static final int ROWS = 100;

	private final ChangedDatabases databases;

	private final ChangeWatch watch;

	/**
	 * Tell of changes.
	 * @param databases where they are
	 * @param watch what looks at them
	 */
	public ConcertinaEndpoint(ChangedDatabases databases, ChangeWatch watch) {
		this.databases = databases;
		this.watch = watch;
	}

	/**
	 * Return all changes.
	 * @return the changes in the order of their versions
	 */
	@ReadOperation
	public ChangesDescriptor changes() {
		return new ChangesDescriptor(this.watch.now().stream().map(ChangeDescriptor::of).toList(),
				this.databases.instances().stream().map(InstanceDescriptor::of).toList());
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
		return find(id).map((change) -> ChangeId.of(id))
			.flatMap((change) -> this.databases.of(change).explain(change))
			.map(form::text)
			.orElse(null);
	}

	/**
	 * Steer a change. The history of the change names the principal.
	 * @param id the change
	 * @param action what to do
	 * @param phase the phase in which the caller has seen the change: in another one it
	 * may mean something else
	 * @param reason why
	 * @param workers for {@code tune}: how many work at once on each instance
	 * @param batchTime for {@code tune}: how long the transaction of a batch shall take
	 * @param pause for {@code tune}: how long a worker rests between two batches
	 * @param readShare for {@code read_share}: the percentage of reads that shall go to
	 * the new structure
	 * @param security who asks for it
	 * @return what was done and where the change is then, or why it was refused, by
	 * status 400
	 */
	@WriteOperation
	public WebEndpointResponse<?> steer(@Selector String id, @Selector SteeringAction action, @Nullable Phase phase,
			@Nullable String reason, @Nullable Integer workers, @Nullable Duration batchTime, @Nullable Duration pause,
			@Nullable Integer readShare, SecurityContext security) {
		LogEntry written;
		try {
			SteeringRequest request = new SteeringRequest(ChangeId.of(id), actor(security),
					Objects.toString(reason, ""), new Tuning(workers, batchTime, pause), readShare);
			written = steer(action, required(phase), request);
		}
		catch (ConcertinaException ex) {
			return new WebEndpointResponse<>(new RefusalDescriptor(String.valueOf(ex.getMessage()), ex.action()),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		return new WebEndpointResponse<>(
				find(id).map((found) -> new SteeredDescriptor(written, ChangeDescriptor.of(found))).orElse(null));
	}

	/**
	 * What the work in the background has written meanwhile is not the answer.
	 */
	private @Nullable LogEntry steer(SteeringAction action, Phase phase, SteeringRequest request) {
		Concertina concertina = this.databases.of(request.id());
		int before = concertina.history(request.id()).size();
		action.run(concertina.steering().assuming(phase), request);
		return concertina.history(request.id())
			.stream()
			.skip(before)
			.filter((line) -> line.actor().equals(request.actor()))
			.findFirst()
			.orElse(null);
	}

	private static Phase required(@Nullable Phase phase) {
		if (phase == null) {
			throw new ConcertinaException("No phase is given",
					"Send 'phase': the one in which you have seen the change.");
		}
		return phase;
	}

	private static String actor(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : "actuator";
	}

	private Optional<ObservedChange> find(String id) {
		return this.watch.now().stream().filter((change) -> change.status().id().equals(id)).findFirst();
	}

	private ChangeDetails details(ObservedChange change) {
		ChangeId id = ChangeId.of(change.status().id());
		Concertina concertina = this.databases.of(id);
		return new ChangeDetails(ChangeDescriptor.of(change), concertina.mismatches(id, ROWS),
				concertina.poisonRows(id, ROWS), concertina.history(id));
	}

	/**
	 * All changes.
	 *
	 * @param changes the changes in the order of their versions
	 * @param fleet the instances of the application that are there
	 */
	public record ChangesDescriptor(List<ChangeDescriptor> changes, List<InstanceDescriptor> fleet) {

	}

	/**
	 * What was done.
	 *
	 * @param event the line of the history that was written, {@code null} if all was so
	 * already
	 * @param change where the change is then
	 */
	public record SteeredDescriptor(@Nullable LogEntry event, ChangeDescriptor change) {

	}

	/**
	 * Why something was not done.
	 *
	 * @param problem what is wrong
	 * @param action what to do about it
	 */
	public record RefusalDescriptor(String problem, String action) {

	}

}
