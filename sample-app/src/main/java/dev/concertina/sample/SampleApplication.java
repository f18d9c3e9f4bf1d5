package dev.concertina.sample;

import java.util.Locale;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.terminal.Terminal;

/**
 * Starts the old version of a shop, and then the new one beside it, as in a rolling
 * deployment.
 */
public final class SampleApplication {

	private SampleApplication() {
	}

	/**
	 * Run the tour, and go on serving until stopped.
	 * @param args properties, such as {@code --sample.orders=2300000}
	 */
	public static void main(String[] args) {
		Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
		start(args);
	}

	static ConfigurableApplicationContext start(String... args) {
		ConfigurableApplicationContext stage = new SpringApplicationBuilder(Stage.class).bannerMode(Banner.Mode.OFF)
			.web(WebApplicationType.NONE)
			.run(args);
		try {
			Fleet fleet = stage.getBean(Fleet.class);
			if (!fleet.isRetired("old")) {
				fleet.deploy("old", OldVersion.class, WebApplicationType.NONE);
				stage.getBean(Terminal.class).show(() -> "The old version serves, the new one starts");
			}
			fleet.deploy("new", NewVersion.class, WebApplicationType.SERVLET);
			return stage;
		}
		catch (RuntimeException ex) {
			stage.close();
			throw ex;
		}
	}

}
