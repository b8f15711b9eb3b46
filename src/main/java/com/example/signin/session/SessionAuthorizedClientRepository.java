package com.example.signin.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * Keeps the tokens in the HTTP session, with which they live and die. The framework's own
 * repository would store the whole registration, client secret included.
 */
class SessionAuthorizedClientRepository implements OAuth2AuthorizedClientRepository {

	private final ClientRegistrationRepository registrations;

	SessionAuthorizedClientRepository(ClientRegistrationRepository registrations) {
		this.registrations = registrations;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registrationId,
			Authentication principal, HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(attribute(registrationId)) instanceof AuthorizedTokens tokens)) {
			return null;
		}
		ClientRegistration registration = this.registrations.findByRegistrationId(registrationId);
		return (registration != null) ? (T) tokens.with(registration) : null;
	}

	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		String registrationId = client.getClientRegistration().getRegistrationId();
		request.getSession().setAttribute(attribute(registrationId), AuthorizedTokens.of(client));
	}

	@Override
	public void removeAuthorizedClient(String registrationId, Authentication principal, HttpServletRequest request,
			HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(attribute(registrationId));
		}
	}

	private static String attribute(String registrationId) {
		return AuthorizedTokens.class.getName() + "." + registrationId;
	}

}
