package com.example.signin.audit;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.stereotype.Component;

/**
 * An id for each request: on the log lines that are written for it, in its audit events,
 * and as the reference on the page of a failed sign-in. It is made here. One that a
 * request brings could be anybody's, and would mix the lines of one person with those of
 * another. A listener and no filter, so that the container's own lines have it too.
 */
@Component
public class RequestId implements ServletRequestListener {

	/** Also in {@code logging.pattern.correlation}. */
	private static final String NAME = "requestId";

	@Override
	public void requestInitialized(ServletRequestEvent event) {
		MDC.put(NAME, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
	}

	@Override
	public void requestDestroyed(ServletRequestEvent event) {
		MDC.remove(NAME);
	}

	/**
	 * The id of the request that this thread works for.
	 * @return 16 hexadecimal digits, or {@code null} if it works for none
	 */
	public static @Nullable String present() {
		return MDC.get(NAME);
	}

}
