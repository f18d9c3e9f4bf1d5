package dev.concertina.story;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Puts a shop behind Spring Security as its documentation does: nobody in without a name,
 * and no write without a token.
 */
@Configuration(proxyBeanMethods = false)
class Guarded {

	/** The other shops are open to everybody. */
	static final String ON = "spring.autoconfigure.exclude=";

	static final String GUEST = "guest";

	static final String READER = "reader";

	static final String WRITER = "writer";

	@Bean
	SecurityFilterChain chain(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.POST, "/actuator/**")
				.hasRole("WRITER")
				.anyRequest()
				.hasRole("READER"))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(user(GUEST, "GUEST"), user(READER, "READER"),
				user(WRITER, "READER", "WRITER"));
	}

	private static UserDetails user(String name, String... roles) {
		return User.withUsername(name).password("{noop}secret").roles(roles).build();
	}

}
