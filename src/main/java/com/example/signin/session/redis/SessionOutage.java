package com.example.signin.session.redis;

import java.io.IOException;
import java.util.function.Predicate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 to a request that needs its session while Redis is down. Around the filter
 * that fetches and stores the session, which fails outside of all that handles errors.
 */
class SessionOutage extends OncePerRequestFilter {

	private static final String ATTRIBUTE = SessionOutage.class.getName();

	private static final String SESSION_OF_REQUEST = SessionRepositoryFilter.SESSION_REPOSITORY_ATTR
			+ ".CURRENT_SESSION";

	private static final String RETRY_AFTER_SECONDS = "10";

	private final Predicate<HttpServletRequest> isPublic;

	private final RareWarning warning;

	/**
	 * @param isPublic whether a request needs nobody to be signed in
	 */
	SessionOutage(Predicate<HttpServletRequest> isPublic, RareWarning warning) {
		this.isPublic = isPublic;
		this.warning = warning;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			DataAccessException outage = outageIn(ex);
			if (outage == null || response.isCommitted()) {
				throw ex;
			}
			meet(outage, request);
			// The error page, which has a session for whoever is signed in, would try to
			// store it once more.
			request.removeAttribute(SESSION_OF_REQUEST);
			request.removeAttribute(RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME);
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
		}
	}

	/**
	 * Remembers that a request has met the outage, so that it does not wait for Redis
	 * again.
	 */
	void meet(DataAccessException outage, HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, outage);
		this.warning.say("Sessions are unavailable, Redis fails: " + NestedExceptionUtils.getMostSpecificCause(outage));
	}

	boolean isMetBy(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

	/**
	 * Ends a request that has met it and needs its session.
	 */
	void endIfMetBy(HttpServletRequest request) {
		if (request.getSession(false) == null && request.getAttribute(ATTRIBUTE) instanceof DataAccessException outage
				&& !this.isPublic.test(request)) {
			throw outage;
		}
	}

	private static @Nullable DataAccessException outageIn(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof DataAccessException outage) {
				return outage;
			}
		}
		return null;
	}

}
