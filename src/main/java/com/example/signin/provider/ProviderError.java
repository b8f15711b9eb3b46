package com.example.signin.provider;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * An error of the token endpoint (RFC 6749 §5.2) with what PingOne's support asks for.
 */
public class ProviderError extends OAuth2Error {

	private final @Nullable String correlationId;

	ProviderError(OAuth2Error error, @Nullable String correlationId) {
		super(error.getErrorCode(), error.getDescription(), error.getUri());
		this.correlationId = correlationId;
	}

	/**
	 * The provider's own reference of the failed request.
	 * @return the answer's {@code Correlation-Id}, or {@code null} when there was none
	 */
	public @Nullable String correlationId() {
		return this.correlationId;
	}

}
