package com.example.signin.login;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

import com.example.signin.client.PingOne;

/**
 * Sends a person who wants a protected page straight to the provider. Whatever is not a
 * person going to a page gets status 401.
 */
class SigninEntryPoint implements AuthenticationEntryPoint {

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final OAuth2AuthorizationRequestResolver resolver;

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests;

	private final AuthenticationFailureHandler failureHandler;

	SigninEntryPoint(OAuth2AuthorizationRequestResolver resolver,
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests,
			AuthenticationFailureHandler failureHandler) {
		this.resolver = resolver;
		this.authorizationRequests = authorizationRequests;
		this.failureHandler = failureHandler;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
			throws IOException, ServletException {
		if (!this.navigation.matches(request)) {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return;
		}
		try {
			OAuth2AuthorizationRequest authorizationRequest = Objects
				.requireNonNull(this.resolver.resolve(request, PingOne.REGISTRATION_ID));
			this.authorizationRequests.saveAuthorizationRequest(authorizationRequest, request, response);
			this.redirectStrategy.sendRedirect(request, response, authorizationRequest.getAuthorizationRequestUri());
		}
		catch (AuthenticationException ex) {
			this.failureHandler.onAuthenticationFailure(request, response, ex);
		}
	}

}
