package dev.concertina.autoconfigure;

import java.util.UUID;

import org.springframework.core.env.Environment;

/**
 * What this instance is called.
 *
 * @param id what tells it apart from all others
 * @param application the name of the application
 */
record InstanceIdentity(String id, String application) {

	/** PostgreSQL cuts longer names. */
	private static final int MAX_NAME = 63;

	private static final int ID = 8;

	static InstanceIdentity of(Environment environment) {
		return new InstanceIdentity(UUID.randomUUID().toString().substring(0, ID),
				environment.getProperty("spring.application.name", "application"));
	}

	/**
	 * Return the {@code application_name} of its sessions.
	 */
	String session() {
		String application = this.application;
		if (application.length() > MAX_NAME - ID - 1) {
			application = application.substring(0, MAX_NAME - ID - 1);
		}
		return "%s %s".formatted(application, this.id);
	}

}
