package com.example.signin.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter.JwtClientAuthenticationContext;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import com.example.signin.audit.ClientAssertionSigned;

/**
 * Makes the client assertion (RFC 7523 §2.2, OIDC Core §9 client_secret_jwt): the
 * framework builds and signs it, this names key, algorithm, audience and lifetime.
 */
class ClientAssertionConverters {

	private final ClientSecret secret;

	private final ClientAssertionProperties properties;

	private final ApplicationEventPublisher events;

	ClientAssertionConverters(ClientSecret secret, ClientAssertionProperties properties,
			ApplicationEventPublisher events) {
		this.secret = secret;
		this.properties = properties;
		this.events = events;
	}

	/**
	 * For one kind of request to the provider.
	 * @param <T> the kind of request
	 * @return adds {@code client_assertion} and {@code client_assertion_type} to it when
	 * the registration's method is {@code client_secret_jwt}
	 */
	<T extends AbstractOAuth2AuthorizationGrantRequest> NimbusJwtClientAuthenticationParametersConverter<T> converter() {
		NimbusJwtClientAuthenticationParametersConverter<T> converter = new NimbusJwtClientAuthenticationParametersConverter<>(
				(registration) -> key());
		converter.setJwtClientAssertionCustomizer(this::customize);
		return converter;
	}

	/**
	 * The key is the secret's UTF-8 octets (OIDC Core §10.1). It has no {@code kid}: both
	 * sides know one key only.
	 */
	private OctetSequenceKey key() {
		return new OctetSequenceKey.Builder(this.secret.value().getBytes(StandardCharsets.UTF_8))
			.algorithm(JWSAlgorithm.parse(this.properties.algorithm().getName()))
			.build();
	}

	private void customize(JwtClientAuthenticationContext<?> context) {
		AbstractOAuth2AuthorizationGrantRequest request = context.getAuthorizationGrantRequest();
		ClientRegistration registration = request.getClientRegistration();
		String purpose = (request instanceof AssertionPurpose other) ? other.purpose()
				: request.getGrantType().getValue();
		String audience = this.properties.audience().of(registration.getProviderDetails());
		String jwtId = UUID.randomUUID().toString();
		Instant issuedAt = Instant.now();
		Instant expiresAt = issuedAt.plus(this.properties.lifetime());
		context.getClaims().audience(List.of(audience)).id(jwtId).issuedAt(issuedAt).expiresAt(expiresAt);
		this.events.publishEvent(new ClientAssertionSigned(purpose, this.properties.algorithm().getName(),
				registration.getClientId(), audience, jwtId, issuedAt, expiresAt));
	}

}
