package com.example.signin.account.api;

import java.util.Map;
import java.util.Objects;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import com.example.signin.client.PingOne;
import com.example.signin.provider.UserinfoResponses;

/**
 * An API that wants the person's access token. The provider's UserInfo endpoint stands
 * for one of your own.
 */
class UserinfoApi {

	private static final ParameterizedTypeReference<Map<String, Object>> CLAIMS = new ParameterizedTypeReference<>() {
	};

	private final RestClient restClient;

	private final ClientRegistrationRepository registrations;

	private final UserinfoResponses responses;

	UserinfoApi(RestClient restClient, ClientRegistrationRepository registrations, UserinfoResponses responses) {
		this.restClient = restClient;
		this.registrations = registrations;
		this.responses = responses;
	}

	/**
	 * Asks the API in the name of the person who is signed in.
	 * @return what it says
	 * @throws RestClientException if it refuses, cannot be reached or makes no sense
	 * @throws OAuth2AuthorizationException if there is no token that is good
	 * @throws AuthenticationException if the provider cannot be had, or did not sign what
	 * it says
	 */
	Map<String, Object> userinfo() {
		ClientRegistration registration = Objects
			.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID));
		String uri = registration.getProviderDetails().getUserInfoEndpoint().getUri();
		if (uri == null) {
			throw new RestClientException("The provider has no UserInfo endpoint");
		}
		Map<String, Object> answer = this.restClient.get().uri(uri).retrieve().body(CLAIMS);
		if (answer == null) {
			throw new RestClientException("The API's answer is empty");
		}
		return this.responses.claims(registration, answer);
	}

}
