package com.example.pingone.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What the framework's authorization endpoint lacks: {@code prompt=login},
 * {@code max_age} and a policy other than the usual one in {@code acr_values} (OpenID
 * Connect Core §3.1.2.1) ask for a new sign-on, and a flow takes up the request for which
 * it began.
 */
final class AuthorizeFilter extends OncePerRequestFilter {

	/** Request attribute: the flow whose authorization request is taken up again. */
	private static final String RESUMED = AuthorizeFilter.class.getName() + ".RESUMED";

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getRequestURI().equals(Paths.ISSUER + Paths.AUTHORIZE);
	}

	/**
	 * Takes up a flow's authorization request, which is not asked again whether a sign-on
	 * is needed.
	 */
	static void resume(Flow flow, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		request.setAttribute(RESUMED, flow);
		request.getRequestDispatcher(Paths.ISSUER + Paths.AUTHORIZE + "?" + flow.authorizationRequest())
			.forward(request, response);
	}

	static @Nullable Flow resumed(HttpServletRequest request) {
		return (Flow) request.getAttribute(RESUMED);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Flow resumed = resumed(request);
		Authentication person = SecurityContextHolder.getContext().getAuthentication();
		if ((resumed != null) ? resumed.status() == Flow.Status.FAILED
				: person != null && asksForSignOn(request, person)) {
			// For this request nobody is signed on.
			SecurityContextHolder.clearContext();
		}
		chain.doFilter(request, response);
	}

	private static boolean asksForSignOn(HttpServletRequest request, Authentication person) {
		return prompts(request).contains("login") || isOlder(signedOnAt(person), request.getParameter("max_age"))
				|| !Claims.SINGLE_FACTOR.equals(Claims.signOnPolicy(request.getParameter("acr_values")));
	}

	/**
	 * With nobody signed on, the endpoint answers {@code login_required} or
	 * {@code access_denied} by itself.
	 */
	static boolean endsWithoutSignOn(HttpServletRequest request) {
		return prompts(request).contains("none") || resumed(request) != null;
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
