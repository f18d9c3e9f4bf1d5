package dev.concertina.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import dev.concertina.fleet.Instance;

/**
 * An instance as the endpoint tells of it.
 *
 * @param id what tells it apart from all others
 * @param application the name of the application
 * @param version the version of the application
 * @param startedAt when it has joined
 * @param lastHeartbeat when it was last heard of
 * @param acknowledged the state in which it has last seen each change that it knows
 */
public record InstanceDescriptor(String id, String application, String version, Instant startedAt,
		Instant lastHeartbeat, Map<String, String> acknowledged) {

	static InstanceDescriptor of(Instance instance) {
		Map<String, String> acknowledged = new TreeMap<>();
		instance.acknowledged().forEach((change, state) -> acknowledged.put(change.value(), state));
		return new InstanceDescriptor(instance.id(), instance.application(), instance.version(), instance.startedAt(),
				instance.heartbeat(), acknowledged);
	}

}
