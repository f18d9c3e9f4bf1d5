package dev.concertina.sample.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.util.LinuxUtils;

/**
 * Who runs the server: PostgreSQL refuses to run as root.
 */
enum ServerUser {

	/** Whoever runs this program. */
	SAME(""),

	/** Root, inside a user namespace that hides it. */
	HIDDEN_ROOT("unshare -U"),

	/** Nobody, where root may not make a namespace, as in most containers. */
	NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

	private static final int NOBODY_ID = 65534;

	private final String prefix;

	ServerUser(String prefix) {
		this.prefix = prefix;
	}

	static ServerUser choose() {
		if (!"root".equals(System.getProperty("user.name"))) {
			return SAME;
		}
		return LinuxUtils.isUnshareAvailable() ? HIDDEN_ROOT : NOBODY;
	}

	/**
	 * Return where the data is unless somebody says otherwise; nobody can't look into the
	 * home of root.
	 */
	Path home() {
		return (this != NOBODY) ? Path.of(System.getProperty("user.home"), ".concertina-sample")
				: Path.of("/var/tmp/concertina-sample");
	}

	void own(Path directory) throws IOException {
		if (this == NOBODY) {
			Files.setAttribute(directory, "unix:uid", NOBODY_ID);
			Files.setAttribute(directory, "unix:gid", NOBODY_ID);
		}
	}

	List<String> command(List<String> command) {
		return Stream.concat(Stream.of(this.prefix.split(" ")).filter((word) -> !word.isEmpty()), command.stream())
			.toList();
	}

}
