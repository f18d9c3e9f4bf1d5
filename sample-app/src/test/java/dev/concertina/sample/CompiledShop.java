package dev.concertina.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

import dev.concertina.sample.fleet.Fleet;
import dev.concertina.sample.terminal.Terminal;
import dev.concertina.sample.traffic.Requests;

/**
 * The new version of the shop as an application of its own, which Spring can prepare
 * ahead of time: it does so for one context of a JVM.
 */
public final class CompiledShop {

	private CompiledShop() {
	}

	public static void main(String[] args) {
		SpringApplication.run(Shop.class, args);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import({ NewVersion.class, Fleet.class, Requests.class, Terminal.class })
	static class Shop {

	}

}
