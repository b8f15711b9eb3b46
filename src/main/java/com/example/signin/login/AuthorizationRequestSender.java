package com.example.signin.login;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.FormPostRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

import com.example.signin.client.PingOne;

/**
 * Sends the authorization request to the provider, in the way that the settings choose or
 * the provider requires.
 */
class AuthorizationRequestSender implements RedirectStrategy {

	private final RedirectStrategy redirect = new DefaultRedirectStrategy();

	private final RedirectStrategy formPost = new FormPostRedirectStrategy();

	private final AuthorizationRequestMethod method;

	private final ClientRegistrationRepository registrations;

	private final PushedAuthorizationRequests pushedRequests;

	AuthorizationRequestSender(AuthorizationRequestMethod method, ClientRegistrationRepository registrations,
			PushedAuthorizationRequests pushedRequests) {
		this.method = method;
		this.registrations = registrations;
		this.pushedRequests = pushedRequests;
	}

	/**
	 * @throws org.springframework.security.core.AuthenticationException if the request
	 * has to be pushed and the provider does not take it
	 */
	@Override
	public void sendRedirect(HttpServletRequest request, HttpServletResponse response, String authorizationRequestUri)
			throws IOException {
		ClientRegistration registration = Objects
			.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID));
		if (this.method == AuthorizationRequestMethod.PUSHED
				|| PushedAuthorizationRequests.areRequiredBy(registration)) {
			this.redirect.sendRedirect(request, response,
					this.pushedRequests.push(registration, authorizationRequestUri));
		}
		else if (this.method == AuthorizationRequestMethod.POST) {
			this.formPost.sendRedirect(request, response, authorizationRequestUri);
		}
		else {
			this.redirect.sendRedirect(request, response, authorizationRequestUri);
		}
	}

}
