package dev.concertina.console;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Reads the token that Spring Security has put into the request.
 */
final class SpringSecurityCsrfSource implements CsrfSource {

	@Override
	public Optional<CsrfHeader> header(HttpServletRequest request) {
		return (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)
				? Optional.of(new CsrfHeader(token.getHeaderName(), token.getToken())) : Optional.empty();
	}

}
