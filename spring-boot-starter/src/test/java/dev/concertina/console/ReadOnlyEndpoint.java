package dev.concertina.console;

import java.util.Collection;
import java.util.List;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebOperation;

/**
 * An endpoint that does nothing.
 */
record ReadOnlyEndpoint(EndpointId id) implements ExposableWebEndpoint {

	@Override
	public EndpointId getEndpointId() {
		return this.id;
	}

	@Override
	public String getRootPath() {
		return this.id.toString();
	}

	@Override
	public Access getDefaultAccess() {
		return Access.READ_ONLY;
	}

	@Override
	public Collection<WebOperation> getOperations() {
		return List.of();
	}

}
