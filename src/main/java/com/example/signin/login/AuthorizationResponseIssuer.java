package com.example.signin.login;

import java.util.Arrays;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import com.example.signin.client.PingOne;

/**
 * Refuses an authorization response that another provider gave, before its code goes to
 * ours (RFC 9207 §2.4: mix-up). The framework's callback filter hands each response to
 * the repository first.
 */
class AuthorizationResponseIssuer implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	static final String ISS = "iss";

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests;

	private final ClientRegistrationRepository registrations;

	AuthorizationResponseIssuer(AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests,
			ClientRegistrationRepository registrations) {
		this.authorizationRequests = authorizationRequests;
		this.registrations = registrations;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorizationRequest, HttpServletRequest request,
			HttpServletResponse response) {
		this.authorizationRequests.saveAuthorizationRequest(authorizationRequest, request, response);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		return this.authorizationRequests.loadAuthorizationRequest(request);
	}

	/**
	 * @throws OAuth2AuthenticationException if the response's {@code iss} is not ours, or
	 * is missing although the provider's metadata promises it
	 */
	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest authorizationRequest = this.authorizationRequests.removeAuthorizationRequest(request,
				response);
		if (authorizationRequest != null && !isOurs(request.getParameterValues(ISS))) {
			throw new OAuth2AuthenticationException(new OAuth2Error("invalid_response_issuer",
					"The authorization response's iss is missing or another issuer's", null));
		}
		return authorizationRequest;
	}

	private boolean isOurs(String @Nullable [] issuers) {
		ProviderDetails provider = Objects
			.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID))
			.getProviderDetails();
		if (issuers == null) {
			return !Boolean.TRUE
				.equals(provider.getConfigurationMetadata().get("authorization_response_iss_parameter_supported"));
		}
		return Arrays.stream(issuers).allMatch((issuer) -> issuer.equals(provider.getIssuerUri()));
	}

}
