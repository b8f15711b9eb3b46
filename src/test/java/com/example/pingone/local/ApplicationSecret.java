package com.example.pingone.local;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * An application's secret and, for a while after a rotation, the one before it.
 */
record ApplicationSecret(String value, @Nullable String previous, @Nullable Instant previousExpiresAt) {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	/** PingOne's length, with which HS512 is possible too. */
	private static final int LENGTH = 64;

	ApplicationSecret(String value) {
		this(value, null, null);
	}

	static ApplicationSecret generate() {
		return new ApplicationSecret(generateValue());
	}

	ApplicationSecret rotate(@Nullable Instant previousExpiresAt) {
		return new ApplicationSecret(generateValue(), (previousExpiresAt != null) ? this.value : null,
				previousExpiresAt);
	}

	boolean hasPrevious(Instant now) {
		return this.previousExpiresAt != null && now.isBefore(this.previousExpiresAt);
	}

	/**
	 * Both secrets in the one place that the framework has for them: their alphabet knows
	 * no line break.
	 */
	String lines(Instant now) {
		return hasPrevious(now) ? this.value + "\n" + this.previous : this.value;
	}

	@Override
	public String toString() {
		return "ApplicationSecret[concealed]";
	}

	private static String generateValue() {
		return new SecureRandom().ints(LENGTH, 0, ALPHABET.length())
			.mapToObj((index) -> String.valueOf(ALPHABET.charAt(index)))
			.collect(Collectors.joining());
	}

}
