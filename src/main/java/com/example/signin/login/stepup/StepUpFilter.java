package com.example.signin.login.stepup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

import com.example.signin.login.SigninDemand;
import com.example.signin.login.SigninIntent;

/**
 * Sends a person who wants a page and did not authenticate as it needs to the provider,
 * and lets that come back to the page. A sign-in that still does not meet the demand ends
 * on the failure page: nobody goes round in circles.
 */
class StepUpFilter extends OncePerRequestFilter {

	private final List<GuardedPages> guarded;

	private final AuthenticationEntryPoint signinEntryPoint;

	private final Clock clock;

	StepUpFilter(StepUpProperties properties, AuthenticationEntryPoint signinEntryPoint, Clock clock) {
		this.guarded = properties.stepUp()
			.stream()
			.flatMap((rule) -> rule.paths().stream().map((path) -> new GuardedPages(path, rule.demand())))
			.toList();
		this.signinEntryPoint = signinEntryPoint;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		for (GuardedPages pages : this.guarded) {
			if (pages.matcher().matches(request)) {
				if (isMet(pages.demand(), request.getSession(false))) {
					break;
				}
				new SigninIntent(null, pages.demand(), null).attachTo(request);
				this.signinEntryPoint.commence(request, response,
						new InsufficientAuthenticationException("The page needs another authentication"));
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private boolean isMet(SigninDemand demand, HttpSession session) {
		return session != null && session.getAttribute(SigninStrength.ATTRIBUTE) instanceof SigninStrength strength
				&& strength.meets(demand, this.clock.instant());
	}

	private record GuardedPages(RequestMatcher matcher, SigninDemand demand) {

		GuardedPages(String path, SigninDemand demand) {
			this(PathPatternRequestMatcher.withDefaults().matcher(path), demand);
		}

	}

}
