package com.example.signin.session;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.event.EventListener;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import com.example.signin.audit.SignedIn;

/**
 * Ends a session some time after its sign-in, however busy it was.
 */
class SessionLifetimeFilter extends OncePerRequestFilter {

	private static final String SIGNED_IN_AT = SessionLifetimeFilter.class.getName() + ".signedInAt";

	private final Duration maxAge;

	private final Clock clock;

	SessionLifetimeFilter(Duration maxAge, Clock clock) {
		this.maxAge = maxAge;
		this.clock = clock;
	}

	@EventListener
	void on(SignedIn signedIn) {
		RequestContextHolder.currentRequestAttributes()
			.setAttribute(SIGNED_IN_AT, this.clock.millis(), RequestAttributes.SCOPE_SESSION);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null) {
			endIfTooOld(session);
		}
		chain.doFilter(request, response);
	}

	private void endIfTooOld(HttpSession session) {
		try {
			if (session.getAttribute(SIGNED_IN_AT) instanceof Long signedInAt
					&& !this.clock.instant().isBefore(Instant.ofEpochMilli(signedInAt).plus(this.maxAge))) {
				session.invalidate();
			}
		}
		catch (IllegalStateException ex) {
			this.logger.debug("Another request has ended the session already");
		}
	}

}
