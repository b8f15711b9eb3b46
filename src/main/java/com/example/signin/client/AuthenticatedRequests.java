package com.example.signin.client;

import java.net.URI;
import java.util.Objects;

import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * Requests of those endpoints that want the client authenticated as the token endpoint
 * does: pushed authorization requests (RFC 9126 §2) and revocation (RFC 7009 §2.1).
 */
public class AuthenticatedRequests {

	private final RestClient restClient;

	private final DefaultOAuth2TokenRequestHeadersConverter<EndpointRequest> headers = new DefaultOAuth2TokenRequestHeadersConverter<>();

	private final DefaultOAuth2TokenRequestParametersConverter<EndpointRequest> parameters = new DefaultOAuth2TokenRequestParametersConverter<>();

	private final NimbusJwtClientAuthenticationParametersConverter<EndpointRequest> assertion;

	AuthenticatedRequests(RestClient restClient, ClientAssertionConverters clientAssertions) {
		this.restClient = restClient;
		this.assertion = clientAssertions.converter();
	}

	/**
	 * Posts a form that is answered by its status alone.
	 * @param registration the client
	 * @param purpose what it is for, as the audit trail tells it
	 * @param uri the endpoint
	 * @param form the request's own parameters
	 * @throws org.springframework.security.oauth2.core.OAuth2AuthorizationException if
	 * the provider answers with an OAuth error
	 * @throws org.springframework.web.client.RestClientException if there is no answer,
	 * or another one
	 */
	public void post(ClientRegistration registration, String purpose, String uri, MultiValueMap<String, String> form) {
		send(registration, purpose, uri, form).toBodilessEntity();
	}

	/**
	 * Posts a form that is answered by JSON.
	 * @param <T> the type of the answer
	 * @param registration the client
	 * @param purpose what it is for, as the audit trail tells it
	 * @param uri the endpoint
	 * @param form the request's own parameters
	 * @param type the type of the answer
	 * @return the answer
	 * @throws org.springframework.security.oauth2.core.OAuth2AuthorizationException if
	 * the provider answers with an OAuth error
	 * @throws org.springframework.web.client.RestClientException if there is no answer,
	 * or another one
	 */
	public <T> T post(ClientRegistration registration, String purpose, String uri, MultiValueMap<String, String> form,
			Class<T> type) {
		return send(registration, purpose, uri, form).requiredBody(type);
	}

	private RestClient.ResponseSpec send(ClientRegistration registration, String purpose, String uri,
			MultiValueMap<String, String> form) {
		EndpointRequest request = new EndpointRequest(registration, purpose);
		MultiValueMap<String, String> body = new LinkedMultiValueMap<>(this.parameters.convert(request));
		body.remove(OAuth2ParameterNames.GRANT_TYPE);
		body.putAll(form);
		MultiValueMap<String, String> signed = this.assertion.convert(request);
		if (signed != null) {
			body.putAll(signed);
		}
		return this.restClient.post()
			.uri(URI.create(uri))
			.headers((headers) -> headers.putAll(Objects.requireNonNull(this.headers.convert(request))))
			.body(body)
			.retrieve();
	}

	/**
	 * What the framework's converters take; it has no grant, since no token is asked for.
	 */
	private static final class EndpointRequest extends AbstractOAuth2AuthorizationGrantRequest
			implements AssertionPurpose {

		private final String purpose;

		EndpointRequest(ClientRegistration registration, String purpose) {
			super(AuthorizationGrantType.AUTHORIZATION_CODE, registration);
			this.purpose = purpose;
		}

		@Override
		public String purpose() {
			return this.purpose;
		}

	}

}
