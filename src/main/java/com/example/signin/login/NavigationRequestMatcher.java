package com.example.signin.login;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches a person going to a page, as against images, scripts, probes, frames and pages
 * fetched in advance ({@code Sec-Purpose}), for which a sign-in makes no sense.
 */
class NavigationRequestMatcher implements RequestMatcher {

	@Override
	public boolean matches(HttpServletRequest request) {
		if (!HttpMethod.GET.matches(request.getMethod()) || request.getHeader("Sec-Purpose") != null) {
			return false;
		}
		// Fetch Metadata: every current browser says what it does, over https and on
		// localhost.
		String mode = request.getHeader("Sec-Fetch-Mode");
		if (mode != null) {
			String destination = request.getHeader("Sec-Fetch-Dest");
			return "navigate".equals(mode) && (destination == null || "document".equals(destination));
		}
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
	}

}
