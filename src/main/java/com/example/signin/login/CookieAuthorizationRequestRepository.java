package com.example.signin.login;

import java.time.Clock;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

import com.example.signin.audit.RequestId;
import com.example.signin.client.PingOne;

/**
 * Remembers authorization requests in the browser, so that a visitor who has not signed
 * in costs no memory, a restart loses no sign-in and any instance can answer the
 * callback.
 */
class CookieAuthorizationRequestRepository implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	private final SigninAttemptCookies cookies;

	private final ClientRegistrationRepository registrations;

	private final Clock clock;

	CookieAuthorizationRequestRepository(SigninAttemptCookies cookies, ClientRegistrationRepository registrations,
			Clock clock) {
		this.cookies = cookies;
		this.registrations = registrations;
		this.clock = clock;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorizationRequest, HttpServletRequest request,
			HttpServletResponse response) {
		String nonce = authorizationRequest.getAttribute(OidcParameterNames.NONCE);
		String codeVerifier = authorizationRequest.getAttribute(PkceParameterNames.CODE_VERIFIER);
		SigninAttempt attempt = new SigninAttempt(Objects.requireNonNull(authorizationRequest.getRedirectUri()),
				Objects.requireNonNull(nonce), Objects.requireNonNull(codeVerifier), LandingPage.wanted(request),
				SigninDemand.of(authorizationRequest.getAdditionalParameters()), this.clock.instant(),
				RequestId.present());
		this.cookies.add(Objects.requireNonNull(authorizationRequest.getState()), attempt, request, response);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		String state = request.getParameter(OAuth2ParameterNames.STATE);
		SigninAttempt attempt = (state != null) ? this.cookies.find(state, request) : null;
		if (attempt == null) {
			return null;
		}
		attempt.attachTo(request);
		return rebuild(state, attempt);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest authorizationRequest = loadAuthorizationRequest(request);
		String state = request.getParameter(OAuth2ParameterNames.STATE);
		if (state != null) {
			this.cookies.remove(state, request, response);
		}
		return authorizationRequest;
	}

	/**
	 * As far as the token request and the ID token's validation need it.
	 */
	private OAuth2AuthorizationRequest rebuild(String state, SigninAttempt attempt) {
		ClientRegistration registration = Objects
			.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID));
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
			.clientId(registration.getClientId())
			.redirectUri(attempt.redirectUri())
			.scopes(registration.getScopes())
			.state(state)
			.attributes((attributes) -> {
				attributes.put(OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId());
				attributes.put(OidcParameterNames.NONCE, attempt.nonce());
				attributes.put(PkceParameterNames.CODE_VERIFIER, attempt.codeVerifier());
			})
			.build();
	}

}
