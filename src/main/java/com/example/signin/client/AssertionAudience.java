package com.example.signin.client;

import java.util.Locale;
import java.util.Objects;

import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails;

/**
 * Whom the client assertion's {@code aud} names (RFC 7523 §3).
 */
enum AssertionAudience {

	TOKEN_ENDPOINT, ISSUER;

	String of(ProviderDetails provider) {
		return switch (this) {
			case TOKEN_ENDPOINT -> provider.getTokenUri();
			case ISSUER -> Objects.requireNonNull(provider.getIssuerUri());
		};
	}

	/**
	 * As the setting spells it.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
