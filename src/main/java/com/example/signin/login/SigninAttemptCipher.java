package com.example.signin.login;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.SecretKey;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import org.jspecify.annotations.Nullable;

import com.example.signin.client.ClientSecret;

/**
 * Encrypts an attempt so that only this application can read it, any of its instances.
 * The key is derived from the client secret and from the attempt's {@code state}: under
 * another state it opens nothing.
 */
class SigninAttemptCipher {

	/** A sign-in that takes longer starts again. */
	static final Duration LIFETIME = Duration.ofMinutes(10);

	private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

	private static final String REDIRECT_URI = "redirect_uri";

	private static final String NONCE = "nonce";

	private static final String CODE_VERIFIER = "code_verifier";

	private static final String LANDING_PAGE = "landing_page";

	private static final String DEMAND = "demand";

	/** In milliseconds, since several attempts may start within one second. */
	private static final String STARTED_AT = "started_at";

	private static final String STARTED_BY = "started_by";

	private final ClientSecret clientSecret;

	private final Clock clock;

	SigninAttemptCipher(ClientSecret clientSecret, Clock clock) {
		this.clientSecret = clientSecret;
		this.clock = clock;
	}

	String encrypt(String state, SigninAttempt attempt) {
		Map<String, Object> demand = new HashMap<>();
		attempt.demand().addTo(demand);
		EncryptedJWT jwt = new EncryptedJWT(HEADER,
				new JWTClaimsSet.Builder().claim(REDIRECT_URI, attempt.redirectUri())
					.claim(NONCE, attempt.nonce())
					.claim(CODE_VERIFIER, attempt.codeVerifier())
					.claim(LANDING_PAGE, attempt.landingPage())
					.claim(DEMAND, demand.isEmpty() ? null : demand)
					.claim(STARTED_AT, attempt.startedAt().toEpochMilli())
					.claim(STARTED_BY, attempt.startedBy())
					.build());
		try {
			jwt.encrypt(new DirectEncrypter(keys(state).get(0)));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Every Java platform has AES-GCM", ex);
		}
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

	private @Nullable SigninAttempt decrypt(SecretKey key, String value) {
		try {
			EncryptedJWT jwt = EncryptedJWT.parse(value);
			if (!jwt.getHeader().toJSONObject().equals(HEADER.toJSONObject())) {
				return null;
			}
			jwt.decrypt(new DirectDecrypter(key));
			JWTClaimsSet claims = jwt.getJWTClaimsSet();
			Instant startedAt = Instant.ofEpochMilli(claims.getLongClaim(STARTED_AT));
			return new SigninAttempt(claims.getStringClaim(REDIRECT_URI), claims.getStringClaim(NONCE),
					claims.getStringClaim(CODE_VERIFIER), claims.getStringClaim(LANDING_PAGE), demand(claims),
					startedAt, claims.getStringClaim(STARTED_BY));
		}
		catch (ParseException | JOSEException | IllegalArgumentException ex) {
			// Nimbus says in all three ways that something is not what it should be.
			return null;
		}
	}

	private static SigninDemand demand(JWTClaimsSet claims) throws ParseException {
		Map<String, Object> demand = claims.getJSONObjectClaim(DEMAND);
		return SigninDemand.of((demand != null) ? demand : Map.of());
	}

	private List<SecretKey> keys(String state) {
		return this.clientSecret.deriveKeys("sign-in attempt " + state);
	}

}
