package com.example.pingone.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Errors of the authorization endpoint: redirected where the redirect URI is known good,
 * else a page (RFC 6749 §4.1.2.1).
 */
final class AuthorizeErrors implements AuthenticationFailureHandler {

	/** Session attribute: the person pressed Cancel. */
	private static final String CANCELLED = AuthorizeErrors.class.getName() + ".CANCELLED";

	/**
	 * Cancels the sign-on. The authorization endpoint itself then answers, as only it
	 * knows where to, also for a pushed request.
	 */
	static void cancel(HttpServletRequest request) {
		request.getSession().setAttribute(CANCELLED, true);
	}

	static boolean isCancelled(HttpServletRequest request) {
		var session = request.getSession(false);
		return session != null && session.getAttribute(CANCELLED) != null;
	}

	/**
	 * The framework lets 127.0.0.1 have any port (RFC 8252 §7.3), PingOne does not.
	 */
	static Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> exactRedirectUri() {
		return (context) -> {
			OAuth2AuthorizationCodeRequestAuthenticationToken attempt = context.getAuthentication();
			String redirectUri = attempt.getRedirectUri();
			if (redirectUri != null && !context.getRegisteredClient().getRedirectUris().contains(redirectUri)) {
				throw new OAuth2AuthorizationCodeRequestAuthenticationException(
						new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "This redirect_uri is not registered", null),
						null);
			}
		};
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		var failure = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
		var attempt = failure.getAuthorizationCodeRequestAuthentication();
		if (attempt == null || !StringUtils.hasText(attempt.getRedirectUri())) {
			Page.message(response, HttpStatus.BAD_REQUEST, "This request cannot be answered",
					String.valueOf(failure.getError().getDescription()));
			return;
		}
		OAuth2Error error = failure.getError();
		if (isCancelled(request)) {
			request.getSession().removeAttribute(CANCELLED);
			error = new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED, "The sign-on was cancelled", null);
		}
		var target = UriComponentsBuilder.fromUriString(attempt.getRedirectUri());
		add(target, OAuth2ParameterNames.ERROR, error.getErrorCode());
		add(target, OAuth2ParameterNames.ERROR_DESCRIPTION, error.getDescription());
		add(target, OAuth2ParameterNames.STATE, attempt.getState());
		response.sendRedirect(target.build(true).toUriString());
	}

	private static void add(UriComponentsBuilder target, String name, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			target.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
		}
	}

}
