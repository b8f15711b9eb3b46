package com.example.signin.login;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import com.example.signin.client.AuthenticatedRequests;

/**
 * Pushes authorization requests to the provider (RFC 9126), with the same client
 * authentication as the token request.
 */
class PushedAuthorizationRequests {

	private static final String REQUEST_URI = "request_uri";

	private final AuthenticatedRequests authenticatedRequests;

	PushedAuthorizationRequests(AuthenticatedRequests authenticatedRequests) {
		this.authenticatedRequests = authenticatedRequests;
	}

	/**
	 * Whether the provider takes no other (RFC 9126 §5).
	 */
	static boolean areRequiredBy(ClientRegistration registration) {
		return Boolean.TRUE.equals(metadata(registration, "require_pushed_authorization_requests"));
	}

	/**
	 * Pushes an authorization request.
	 * @param registration the client
	 * @param authorizationRequestUri the request as a browser would carry it
	 * @return what the browser carries instead: {@code client_id} and {@code request_uri}
	 * @throws OAuth2AuthenticationException if the provider does not take it
	 */
	String push(ClientRegistration registration, String authorizationRequestUri) {
		if (!(metadata(registration, "pushed_authorization_request_endpoint") instanceof String endpoint)) {
			// Never sent another way: who asks for it does not want the parameters seen.
			throw failed("The provider's metadata has no pushed_authorization_request_endpoint", null);
		}
		try {
			Answer answer = this.authenticatedRequests.post(registration, "pushed_authorization_request", endpoint,
					parameters(authorizationRequestUri), Answer.class);
			if (!StringUtils.hasText(answer.requestUri())) {
				throw failed("The provider's answer has no request_uri", null);
			}
			return UriComponentsBuilder
				.fromUriString(Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
				.queryParam(OAuth2ParameterNames.CLIENT_ID, encode(registration.getClientId()))
				.queryParam(REQUEST_URI, encode(answer.requestUri()))
				.build(true)
				.toUriString();
		}
		catch (OAuth2AuthorizationException ex) {
			throw new OAuth2AuthenticationException(ex.getError(), ex);
		}
		catch (RestClientException | IllegalStateException ex) {
			throw failed("The authorization request cannot be pushed", ex);
		}
	}

	private static MultiValueMap<String, String> parameters(String authorizationRequestUri) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		UriComponentsBuilder.fromUriString(authorizationRequestUri)
			.build()
			.getQueryParams()
			.forEach((name, values) -> values.forEach((value) -> parameters.add(decode(name), decode(value))));
		return parameters;
	}

	private static @Nullable Object metadata(ClientRegistration registration, String name) {
		return registration.getProviderDetails().getConfigurationMetadata().get(name);
	}

	private static OAuth2AuthenticationException failed(String description, @Nullable Throwable cause) {
		return new OAuth2AuthenticationException(
				new OAuth2Error("pushed_authorization_request_failed", description, null), description, cause);
	}

	private static String encode(String value) {
		return UriUtils.encode(value, StandardCharsets.UTF_8);
	}

	private static String decode(@Nullable String value) {
		return (value != null) ? UriUtils.decode(value, StandardCharsets.UTF_8) : "";
	}

	private record Answer(@JsonProperty(REQUEST_URI) @Nullable String requestUri) {
	}

}
