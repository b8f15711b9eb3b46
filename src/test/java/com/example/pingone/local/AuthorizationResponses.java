package com.example.pingone.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.FormPostRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Answers of the authorization endpoint. By default they are redirects, or forms with
 * {@code response_mode=form_post}, and errors for which no redirect URI is known good are
 * a page (RFC 6749 §4.1.2.1); with PingOne's {@code response_mode=pi.flow} all are JSON.
 */
final class AuthorizationResponses implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

	static final String PI_FLOW = "pi.flow";

	static final String FORM_POST = "form_post";

	private static final String RESPONSE_MODE = "response_mode";

	private final RedirectStrategy redirect = new DefaultRedirectStrategy();

	private final RedirectStrategy formPost = new FormPostRedirectStrategy();

	private final Flows flows;

	private final FlowView view;

	private final ErrorResponses errors = new ErrorResponses();

	AuthorizationResponses(Flows flows, FlowView view) {
		this.flows = flows;
		this.view = view;
	}

	static boolean isPiFlow(HttpServletRequest request) {
		return PI_FLOW.equals(request.getParameter(RESPONSE_MODE));
	}

	/**
	 * PingOne compares the redirect URI exactly, where the framework lets 127.0.0.1 have
	 * any port (RFC 8252 §7.3), and can do without one for {@code pi.flow}.
	 */
	static Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> exactRedirectUri() {
		return (context) -> {
			OAuth2AuthorizationCodeRequestAuthenticationToken attempt = context.getAuthentication();
			String redirectUri = attempt.getRedirectUri();
			boolean good = (redirectUri != null) ? context.getRegisteredClient().getRedirectUris().contains(redirectUri)
					: PI_FLOW.equals(attempt.getAdditionalParameters().get(RESPONSE_MODE));
			if (!good) {
				throw new OAuth2AuthorizationCodeRequestAuthenticationException(
						new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "This redirect_uri is not registered", null),
						null);
			}
		};
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
		Map<String, String> parameters = new LinkedHashMap<>();
		String code = Objects.requireNonNull(granted.getAuthorizationCode()).getTokenValue();
		put(parameters, OAuth2ParameterNames.CODE, code);
		put(parameters, OAuth2ParameterNames.STATE, granted.getState());
		if (isPiFlow(request)) {
			Flow resumed = AuthorizeFilter.resumed(request);
			Flow flow = (resumed != null) ? resumed : this.flows.begin(request).with(Flow.Status.COMPLETED);
			Map<String, Object> completed = this.view.of(flow, request);
			completed.put("authorizeResponse", parameters);
			Json.write(response, HttpStatus.OK, completed);
		}
		else {
			send(request, response, granted, parameters);
		}
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		var failure = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
		Flow resumed = AuthorizeFilter.resumed(request);
		// Nobody is signed on then, which is the failure that the framework sees.
		OAuth2Error error = (resumed != null && resumed.status() == Flow.Status.FAILED)
				? new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED, "The sign-on was cancelled", null)
				: failure.getError();
		var attempt = failure.getAuthorizationCodeRequestAuthentication();
		if (isPiFlow(request)) {
			this.errors.onAuthenticationFailure(request, response, new OAuth2AuthenticationException(error));
		}
		else if (attempt == null || !StringUtils.hasText(attempt.getRedirectUri())) {
			Page.message(response, HttpStatus.BAD_REQUEST, "This request cannot be answered",
					String.valueOf(error.getDescription()));
		}
		else {
			Map<String, String> parameters = new LinkedHashMap<>();
			put(parameters, OAuth2ParameterNames.ERROR, error.getErrorCode());
			put(parameters, OAuth2ParameterNames.ERROR_DESCRIPTION, error.getDescription());
			put(parameters, OAuth2ParameterNames.STATE, attempt.getState());
			send(request, response, attempt, parameters);
		}
	}

	private static void put(Map<String, String> parameters, String name, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			parameters.put(name, value);
		}
	}

	private void send(HttpServletRequest request, HttpServletResponse response,
			OAuth2AuthorizationCodeRequestAuthenticationToken attempt, Map<String, String> parameters)
			throws IOException {
		var target = UriComponentsBuilder.fromUriString(Objects.requireNonNull(attempt.getRedirectUri()));
		parameters.forEach((name, value) -> target.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8)));
		boolean posts = FORM_POST.equals(request.getParameter(RESPONSE_MODE));
		(posts ? this.formPost : this.redirect).sendRedirect(request, response, target.build(true).toUriString());
	}

}
