package com.example.signin.login;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;

import com.example.signin.client.ClientSecret;

/**
 * Encrypts an attempt so that only this application can read it, any of its instances.
 * The key is derived from the client secret and from the attempt's {@code state}: under
 * another state it opens nothing.
 */
class SigninAttemptCipher {

	/** A sign-in that takes longer starts again. */
	static final Duration LIFETIME = Duration.ofMinutes(10);

	/** Initialization vector and tag: the framework's encryptor fails without more. */
	private static final int OVERHEAD_BYTES = 16 + 16;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ClientSecret clientSecret;

	private final Clock clock;

	SigninAttemptCipher(ClientSecret clientSecret, Clock clock) {
		this.clientSecret = clientSecret;
		this.clock = clock;
	}

	String encrypt(String state, SigninAttempt attempt) {
		byte[] encrypted = encryptor(keys(state).get(0)).encrypt(JSON.writeValueAsBytes(attempt));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(encrypted);
	}

	/**
	 * @return the attempt, or {@code null} if it is not one of ours, was changed, belongs
	 * to another state or is too old
	 */
	@Nullable SigninAttempt decrypt(String state, String value) {
		for (SecretKey key : keys(state)) {
			SigninAttempt attempt = decrypt(key, value);
			if (attempt != null) {
				boolean fresh = this.clock.instant().isBefore(attempt.startedAt().plus(LIFETIME));
				return fresh ? attempt : null;
			}
		}
		return null;
	}

	private static @Nullable SigninAttempt decrypt(SecretKey key, String value) {
		try {
			byte[] encrypted = Base64.getUrlDecoder().decode(value);
			return (encrypted.length > OVERHEAD_BYTES)
					? JSON.readValue(encryptor(key).decrypt(encrypted), SigninAttempt.class) : null;
		}
		catch (IllegalArgumentException | IllegalStateException | JacksonException ex) {
			// No Base64, not encrypted with this key, or by an older version of ours.
			return null;
		}
	}

	private static AesGcmBytesEncryptor encryptor(SecretKey key) {
		return AesGcmBytesEncryptor.withSecretKey(key).build();
	}

	private List<SecretKey> keys(String state) {
		return this.clientSecret.deriveKeys("sign-in attempt " + state);
	}

}
