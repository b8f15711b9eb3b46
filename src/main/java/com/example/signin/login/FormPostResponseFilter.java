package com.example.signin.login;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Takes the provider's cross-site POST to the callback (OAuth 2.0 Form Post Response
 * Mode) and lets the browser come once more by itself. Its cookies are Lax: only then do
 * they tell which attempt this completes and who is signed in already. A CSRF token
 * cannot be had from the provider; state and the attempt's cookie take its place.
 */
class FormPostResponseFilter extends OncePerRequestFilter {

	/** RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2. */
	private static final List<String> PARAMETERS = List.of(OAuth2ParameterNames.CODE, OAuth2ParameterNames.STATE,
			AuthorizationResponseIssuer.ISS, OAuth2ParameterNames.ERROR, OAuth2ParameterNames.ERROR_DESCRIPTION,
			OAuth2ParameterNames.ERROR_URI);

	private final RequestMatcher formPost = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, "/login/oauth2/code/*");

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.formPost.matches(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException {
		UriComponentsBuilder callback = UriComponentsBuilder.fromPath(request.getRequestURI());
		for (String name : PARAMETERS) {
			String[] values = request.getParameterValues(name);
			if (values != null) {
				callback.queryParam(name, (Object[]) values);
			}
		}
		response.setStatus(HttpStatus.SEE_OTHER.value());
		response.setHeader(HttpHeaders.LOCATION, callback.encode().build().toUriString());
	}

}
