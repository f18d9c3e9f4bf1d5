package dev.concertina.testing;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * What a child JVM shall run, with which system properties and arguments.
 */
public record JvmLaunch(Class<?> main, Map<String, String> properties, List<String> arguments) {

	public JvmLaunch {
		properties = Map.copyOf(properties);
		arguments = List.copyOf(arguments);
	}

	public static JvmLaunch of(Class<?> main) {
		return new JvmLaunch(main, Map.of("user.timezone", TimeZone.getDefault().getID()), List.of());
	}

	/**
	 * Hands the database over, which the child reads with
	 * {@link DatabaseAccess#handedOver()}.
	 */
	public JvmLaunch with(TestDatabase database) {
		return withProperties(database.access().asSystemProperties());
	}

	public JvmLaunch withProperty(String name, String value) {
		return withProperties(Map.of(name, value));
	}

	public JvmLaunch withArguments(String... more) {
		return new JvmLaunch(this.main, this.properties, List.of(more));
	}

	List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
		// it lives for seconds: no time for compiling, nor for collecting while classes
		// are loaded
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:MetaspaceSize=128m", "-Xmx256m", "-cp",
				System.getProperty("java.class.path")));
		this.properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of(ChildMain.class.getName(), this.main.getName()));
		command.addAll(this.arguments);
		return command;
	}

	private JvmLaunch withProperties(Map<String, String> more) {
		Map<String, String> merged = new TreeMap<>(this.properties);
		merged.putAll(more);
		return new JvmLaunch(this.main, merged, this.arguments);
	}

}
