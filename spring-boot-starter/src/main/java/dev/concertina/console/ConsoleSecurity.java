package dev.concertina.console;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Knows what the application wants to see in each write, against forged requests.
 */
@FunctionalInterface
public interface CsrfSource {

	/**
	 * Return the header that the page shall send with a write.
	 * @param request a request of the page
	 * @return the header, or nothing if none is asked for
	 */
	Optional<CsrfHeader> header(HttpServletRequest request);

	/**
	 * Return the source of an application that asks for no header.
	 * @return a source of nothing
	 */
	static CsrfSource none() {
		return (request) -> Optional.empty();
	}

	/**
	 * Return the source of an application with Spring Security, which has put its token
	 * into the request.
	 * @return a source of its tokens
	 */
	static CsrfSource springSecurity() {
		return new SpringSecurityCsrfSource();
	}

}
