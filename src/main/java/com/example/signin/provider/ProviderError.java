package com.example.signin.provider;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * An error of the token endpoint (RFC 6749 §5.2) with what helps to find its cause.
 */
public class ProviderError extends OAuth2Error {

	private final @Nullable String correlationId;

	private final @Nullable Duration clockDifference;

	ProviderError(OAuth2Error error, @Nullable String correlationId, @Nullable Duration clockDifference) {
		super(error.getErrorCode(), error.getDescription(), error.getUri());
		this.correlationId = correlationId;
		this.clockDifference = clockDifference;
	}

	/**
	 * The provider's own reference of the failed request, which PingOne's support asks
	 * for.
	 * @return the answer's {@code Correlation-Id}, or {@code null} when there was none
	 */
	public @Nullable String correlationId() {
		return this.correlationId;
	}

	/**
	 * How far this machine's clock is ahead of the provider's, to the second.
	 * @return the difference to the answer's {@code Date}, negative when this machine is
	 * behind, or {@code null} when there was no date
	 */
	public @Nullable Duration clockDifference() {
		return this.clockDifference;
	}

}
