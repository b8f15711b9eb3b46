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

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import com.example.signin.audit.SignedIn;
import com.example.signin.audit.SignedOut;

import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

/**
 * Ends a session some time after its sign-in, however busy it was.
 */
class SessionLifetimeFilter extends OncePerRequestFilter {

	private static final String SIGNED_IN_AT = SessionLifetimeFilter.class.getName() + ".signedInAt";

	private final Duration maxAge;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	SessionLifetimeFilter(Duration maxAge, Clock clock, ApplicationEventPublisher events) {
		this.maxAge = maxAge;
		this.clock = clock;
		this.events = events;
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
				Object context = session.getAttribute(SPRING_SECURITY_CONTEXT_KEY);
				session.invalidate();
				if (context instanceof SecurityContext held && held.getAuthentication() != null
						&& held.getAuthentication().getPrincipal() instanceof OidcUser person) {
					this.events.publishEvent(SignedOut.of(SignedOut.Kind.EXPIRED, person));
				}
			}
		}
		catch (IllegalStateException ex) {
			this.logger.debug("Another request has ended the session already");
		}
	}

}
