package com.example.pingone.local;

import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * Client assertions for the tests, good ones unless changed.
 */
final class ClientAssertion {

	static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

	private ClientAssertion() {
	}

	static String of(String audience) {
		return with(audience, (claims) -> {
		});
	}

	static String with(String audience, Consumer<JWTClaimsSet.Builder> change) {
		return signed(audience, JWSAlgorithm.HS256, LocalProvider.CLIENT_SECRET, change);
	}

	static String signed(String audience, JWSAlgorithm algorithm, String secret,
			Consumer<JWTClaimsSet.Builder> change) {
		var claims = new JWTClaimsSet.Builder().issuer(LocalProvider.CLIENT_ID)
			.subject(LocalProvider.CLIENT_ID)
			.audience(audience)
			.issueTime(in(0))
			.expirationTime(in(60))
			.jwtID(UUID.randomUUID().toString());
		change.accept(claims);
		try {
			var jwt = new SignedJWT(new JWSHeader(algorithm), claims.build());
			jwt.sign(new MACSigner(secret));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Date in(long seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

}
