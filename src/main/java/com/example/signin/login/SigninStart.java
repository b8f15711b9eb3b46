package com.example.signin.login;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

import com.example.signin.client.PingOne;

/**
 * Begins a sign-in: makes the authorization request, remembers it in the browser and
 * sends it.
 */
public class SigninStart {

	private final OAuth2AuthorizationRequestResolver resolver;

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests;

	private final RedirectStrategy authorizationRequestSender;

	private final AuthenticationFailureHandler failureHandler;

	SigninStart(OAuth2AuthorizationRequestResolver resolver,
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests,
			RedirectStrategy authorizationRequestSender, AuthenticationFailureHandler failureHandler) {
		this.resolver = resolver;
		this.authorizationRequests = authorizationRequests;
		this.authorizationRequestSender = authorizationRequestSender;
		this.failureHandler = failureHandler;
	}

	/**
	 * Answers the request with a sign-in for its {@link SigninIntent}, or with the
	 * failure page if none can begin.
	 * @param request the request that a sign-in interrupts or begins with
	 * @param response its answer
	 * @throws IOException if the answer cannot be written
	 * @throws ServletException if the failure page cannot be rendered
	 */
	public void begin(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
		try {
			OAuth2AuthorizationRequest authorizationRequest = Objects
				.requireNonNull(this.resolver.resolve(request, PingOne.REGISTRATION_ID));
			this.authorizationRequests.saveAuthorizationRequest(authorizationRequest, request, response);
			this.authorizationRequestSender.sendRedirect(request, response,
					authorizationRequest.getAuthorizationRequestUri());
		}
		catch (AuthenticationException ex) {
			this.failureHandler.onAuthenticationFailure(request, response, ex);
		}
	}

}
