package com.example.pingone.workflow;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * What can be falsified in a client assertion. Each leaves the rest as it was, so that
 * the provider can have no other reason to refuse it.
 */
enum Tamper {

	/** One character of the signature is another. */
	SIGNATURE {
		@Override
		String falsify(String assertion, String clientSecret) {
			int signature = assertion.lastIndexOf('.') + 1;
			// In the middle, where each bit of the character counts.
			int position = signature + (assertion.length() - signature) / 2;
			char other = (assertion.charAt(position) != 'A') ? 'A' : 'B';
			return assertion.substring(0, position) + other + assertion.substring(position + 1);
		}
	},

	/** It is meant for somebody else. */
	AUDIENCE {
		@Override
		void change(JWTClaimsSet.Builder claims) {
			claims.audience("https://tampered.example/as/token");
		}
	},

	/** It is over. */
	EXPIRY {
		@Override
		void change(JWTClaimsSet.Builder claims) {
			Instant expiredAt = Instant.now().minus(Duration.ofMinutes(10));
			claims.issueTime(Date.from(expiredAt.minus(Duration.ofMinutes(1)))).expirationTime(Date.from(expiredAt));
		}
	},

	/** Somebody else says that it is ours. */
	ISSUER {
		@Override
		void change(JWTClaimsSet.Builder claims) {
			claims.issuer("tampered");
		}
	},

	/** Another secret signs it. */
	SECRET {
		@Override
		String falsify(String assertion, String clientSecret) {
			byte[] other = new byte[64];
			new SecureRandom().nextBytes(other);
			return signedAgain(assertion, other);
		}
	};

	/**
	 * Falsifies an assertion.
	 * @param assertion the assertion that the application made
	 * @param clientSecret signs it again where the fault is in a claim
	 * @return the false assertion
	 */
	String falsify(String assertion, String clientSecret) {
		return signedAgain(assertion, clientSecret.getBytes(StandardCharsets.UTF_8));
	}

	void change(JWTClaimsSet.Builder claims) {
	}

	final String signedAgain(String assertion, byte[] key) {
		try {
			SignedJWT made = SignedJWT.parse(assertion);
			var claims = new JWTClaimsSet.Builder(made.getJWTClaimsSet());
			change(claims);
			var again = new SignedJWT(made.getHeader(), claims.build());
			again.sign(new MACSigner(key));
			return again.serialize();
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalStateException("The application made an assertion that cannot be read", ex);
		}
	}

	static Tamper of(String name) {
		return Arrays.stream(values())
			.filter((tamper) -> tamper.toString().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("--tamper takes one of " + names()));
	}

	static String names() {
		return Arrays.stream(values()).map(Tamper::toString).collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
