package dev.concertina.console;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Knows what the application asks of somebody who writes to the endpoint. It only keeps
 * the page from offering what would be refused: the application itself refuses.
 */
public interface ConsoleSecurity {

	/**
	 * Return the header that the page shall send with a write, against forged requests.
	 * @param request a request of the page
	 * @return the header, or nothing if none is asked for
	 */
	Optional<CsrfHeader> csrf(HttpServletRequest request);

	/**
	 * Return whether the user may write.
	 * @param request a request of the page
	 * @param path where the write would go, without the context path
	 * @return {@code false} if it would be refused; {@code true} if nobody can tell
	 */
	boolean mayWrite(HttpServletRequest request, String path);

	/**
	 * Return that of an application that asks for nothing.
	 * @return what lets everybody write, without a header
	 */
	static ConsoleSecurity none() {
		return new ConsoleSecurity() {

			@Override
			public Optional<CsrfHeader> csrf(HttpServletRequest request) {
				return Optional.empty();
			}

			@Override
			public boolean mayWrite(HttpServletRequest request, String path) {
				return true;
			}

		};
	}

}
