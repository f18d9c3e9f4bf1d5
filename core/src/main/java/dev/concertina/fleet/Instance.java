package dev.concertina.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.concertina.change.ChangeId;

/**
 * An instance of the application, as the others see it. All times are those of the
 * database.
 *
 * @param id what tells it apart from all others
 * @param application the name of the application
 * @param version the version of the application
 * @param sessions the values of {@code application_name} that its sessions have
 * @param knows the changes that it was released with
 * @param releases those of them that it lets drop their old structure
 * @param routes those of them whose reads and writes it routes
 * @param acknowledged the state in which it has last seen each of them
 * @param startedAt when it has joined
 * @param heartbeat when it was last heard of
 */
public record Instance(String id, String application, String version, Set<String> sessions, Set<ChangeId> knows,
		Set<ChangeId> releases, Set<ChangeId> routes, Map<ChangeId, String> acknowledged, Instant startedAt,
		Instant heartbeat) {

	public Instance {
		sessions = Set.copyOf(sessions);
		knows = Set.copyOf(knows);
		releases = Set.copyOf(releases);
		routes = Set.copyOf(routes);
		acknowledged = Map.copyOf(acknowledged);
	}

	@Override
	public String toString() {
		return "%s %s (%s, since %s)".formatted(this.application, this.version, this.id, this.startedAt);
	}

}
