package dev.concertina.dualwrite;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The bucket of a web request.
 */
final class RequestBucket {

	private static final String NAME = RequestBucket.class.getName();

	private static final boolean WEB = ClassUtils.isPresent(
			"org.springframework.web.context.request.RequestContextHolder", RequestBucket.class.getClassLoader());

	private RequestBucket() {
	}

	static OptionalInt current() {
		return WEB ? Web.current() : OptionalInt.empty();
	}

	/**
	 * What needs Spring's web support.
	 */
	private static final class Web {

		private Web() {
		}

		static OptionalInt current() {
			@Nullable RequestAttributes request = RequestContextHolder.getRequestAttributes();
			try {
				return (request != null) ? OptionalInt.of(of(request)) : OptionalInt.empty();
			}
			catch (IllegalStateException ex) {
				// it is over, and its thread goes on
				return OptionalInt.empty();
			}
		}

		private static int of(RequestAttributes request) {
			@Nullable Object bucket = request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST);
			if (bucket == null) {
				bucket = Buckets.any();
				request.setAttribute(NAME, bucket, RequestAttributes.SCOPE_REQUEST);
			}
			return (Integer) bucket;
		}

	}

}
