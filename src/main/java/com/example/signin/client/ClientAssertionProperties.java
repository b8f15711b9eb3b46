package com.example.signin.client;

import java.time.Duration;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;

import com.example.signin.settings.InvalidSettingException;

/**
 * How the client assertion is made.
 *
 * @param algorithm the HMAC that signs it: HS256, HS384 or HS512; the client secret must
 * be at least as long as its hash (32, 48 or 64 bytes)
 * @param audience whom its {@code aud} names, the same at every endpoint: token-endpoint
 * (as PingOne's guide has it) or issuer
 * @param lifetime how long it is valid; PingOne accepts at most an hour
 */
@ConfigurationProperties("signin.assertion")
record ClientAssertionProperties(@DefaultValue("HS256") MacAlgorithm algorithm,
		@DefaultValue("token-endpoint") AssertionAudience audience, @DefaultValue("60s") Duration lifetime) {

	private static final Duration MAX_LIFETIME = Duration.ofHours(1);

	ClientAssertionProperties {
		if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
			throw new InvalidSettingException("signin.assertion.lifetime",
					"is " + lifetime.toString().substring(2).toLowerCase(Locale.ROOT)
							+ "; it is more than nothing, and PingOne accepts at most one hour.",
					"Set it to between 1s and 1h, or leave it out to use 60s.");
		}
	}

	/**
	 * The least number of bytes that a key of the algorithm has (RFC 7518 §3.2).
	 */
	int minimumSecretBytes() {
		return switch (this.algorithm) {
			case HS256 -> 32;
			case HS384 -> 48;
			case HS512 -> 64;
		};
	}

}
