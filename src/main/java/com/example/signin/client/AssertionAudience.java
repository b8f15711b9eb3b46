package com.example.signin.client;

import java.util.Objects;

import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails;

/**
 * Whom the client assertion's {@code aud} names (RFC 7523 §3).
 */
enum AssertionAudience {

	TOKEN_ENDPOINT("token-endpoint") {
		@Override
		String of(ProviderDetails provider) {
			return provider.getTokenUri();
		}
	},

	ISSUER("issuer") {
		@Override
		String of(ProviderDetails provider) {
			return Objects.requireNonNull(provider.getIssuerUri());
		}
	};

	private final String setting;

	AssertionAudience(String setting) {
		this.setting = setting;
	}

	abstract String of(ProviderDetails provider);

	@Override
	public String toString() {
		return this.setting;
	}

}
