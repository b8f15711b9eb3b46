package com.example.pingone.local;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the record of requests and makes the troubles that a test has ordered.
 */
final class ManagementFilter extends OncePerRequestFilter {

	private final Management management;

	ManagementFilter(Management management) {
		this.management = management;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String named = request.getMethod() + " " + below(request.getRequestURI());
		this.management.record(named);
		Management.Failure failure = this.management.takeFailure(named);
		String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (failure != null) {
			if (failure.retryAfter() != null) {
				response.setHeader(HttpHeaders.RETRY_AFTER, failure.retryAfter());
			}
			failure.exception().write(response);
			return;
		}
		if (authorization != null && this.management.isExpired(authorization)) {
			ApiException.invalidToken().write(response);
			return;
		}
		chain.doFilter(request, response);
		String location = response.getHeader(HttpHeaders.LOCATION);
		if (response.getStatus() == HttpStatus.CREATED.value() && location != null) {
			this.management.created(below(location));
		}
	}

	private static String below(String uri) {
		return uri.substring(uri.indexOf(Paths.MANAGEMENT) + Paths.MANAGEMENT.length());
	}

}
