package dev.concertina.console;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Asks Spring Security: for the token that it has put into the request, and for what its
 * rules of requests say to a write.
 */
public final class SpringConsoleSecurity implements ConsoleSecurity {

	private final @Nullable WebInvocationPrivilegeEvaluator privileges;

	/**
	 * Ask Spring Security.
	 * @param privileges what knows its rules, if there are some
	 */
	public SpringConsoleSecurity(@Nullable WebInvocationPrivilegeEvaluator privileges) {
		this.privileges = privileges;
	}

	@Override
	public Optional<CsrfHeader> csrf(HttpServletRequest request) {
		return (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)
				? Optional.of(new CsrfHeader(token.getHeaderName(), token.getToken())) : Optional.empty();
	}

	@Override
	public boolean mayWrite(HttpServletRequest request, String path) {
		return this.privileges == null || this.privileges.isAllowed(request.getContextPath(), path, "POST",
				SecurityContextHolder.getContext().getAuthentication());
	}

}
