package dev.concertina.fleet;

import java.util.Set;

import dev.concertina.change.ChangeId;

/**
 * What an instance says of itself.
 *
 * @param id what tells it apart from all others
 * @param application the name of the application
 * @param version the version of the application
 * @param sessions the values of {@code application_name} that its sessions have
 * @param knows the changes that it was released with
 * @param releases those of them that it lets drop their old structure
 * @param routes those of them whose reads and writes it routes
 */
public record Member(String id, String application, String version, Set<String> sessions, Set<ChangeId> knows,
		Set<ChangeId> releases, Set<ChangeId> routes) {

	public Member {
		sessions = Set.copyOf(sessions);
		knows = Set.copyOf(knows);
		releases = Set.copyOf(releases);
		routes = Set.copyOf(routes);
	}

}
