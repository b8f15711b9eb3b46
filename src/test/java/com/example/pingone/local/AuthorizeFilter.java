package com.example.pingone.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * What the framework's authorization endpoint lacks: a POST survives the sign-on, and
 * {@code prompt=login} and {@code max_age} (OpenID Connect Core §3.1.2.1) ask for a new
 * one.
 */
final class AuthorizeFilter extends OncePerRequestFilter {

	/** Session attribute: the request for which the person is signing on. */
	private static final String ASKED_FOR = AuthorizeFilter.class.getName() + ".ASKED_FOR";

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getRequestURI().equals(Paths.ISSUER + Paths.AUTHORIZE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if ("POST".equals(request.getMethod())) {
			// The request cache keeps only GET while CSRF protection is on.
			var target = UriComponentsBuilder.fromPath(request.getRequestURI());
			request.getParameterMap()
				.forEach((name, values) -> target.queryParam(UriUtils.encode(name, StandardCharsets.UTF_8),
						Stream.of(values).map((value) -> UriUtils.encode(value, StandardCharsets.UTF_8)).toArray()));
			response.setStatus(HttpServletResponse.SC_SEE_OTHER);
			response.setHeader(HttpHeaders.LOCATION, target.build(true).toUriString());
			return;
		}
		Authentication person = SecurityContextHolder.getContext().getAuthentication();
		if (person != null && asksForSignOn(request, person) && !answered(request)) {
			if (endsWithoutSignOn(request)) {
				SecurityContextHolder.clearContext();
			}
			else {
				new SecurityContextLogoutHandler().logout(request, response, person);
			}
			person = null;
		}
		if (person == null && !endsWithoutSignOn(request)) {
			request.getSession().setAttribute(ASKED_FOR, request.getQueryString());
		}
		chain.doFilter(request, response);
	}

	private static boolean answered(HttpServletRequest request) {
		var session = request.getSession();
		Object askedFor = session.getAttribute(ASKED_FOR);
		session.removeAttribute(ASKED_FOR);
		return Objects.equals(askedFor, request.getQueryString());
	}

	private static boolean asksForSignOn(HttpServletRequest request, Authentication person) {
		return prompts(request).contains("login") || isOlder(signedOnAt(person), request.getParameter("max_age"));
	}

	/**
	 * With nobody signed on, the endpoint answers {@code login_required} or
	 * {@code access_denied} by itself.
	 */
	static boolean endsWithoutSignOn(HttpServletRequest request) {
		return prompts(request).contains("none") || AuthorizeErrors.isCancelled(request);
	}

	private static List<String> prompts(HttpServletRequest request) {
		return List.of(StringUtils.tokenizeToStringArray(request.getParameter("prompt"), " "));
	}

	private static boolean isOlder(Instant time, @Nullable String maxAge) {
		return maxAge != null && maxAge.matches("\\d{1,9}")
				&& time.plus(Duration.ofSeconds(Long.parseLong(maxAge))).isBefore(Instant.now());
	}

	private static Instant signedOnAt(Authentication person) {
		return person.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map((authority) -> ((FactorGrantedAuthority) authority).getIssuedAt())
			.max(Instant::compareTo)
			.orElse(Instant.EPOCH);
	}

}
