package com.example.signin.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IdTokenDecoderFactoryTests {

	private static final String KEYS = "/jwks";

	/** As short as the least time between two fetches allows. */
	private static final Duration SOON_STALE = Duration.ofMillis(5001);

	@Test
	void decodeWhenKeysAreStaleAndCannotBeHadThenWithThoseThatAreKnown() throws JOSEException {
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			JwtDecoder decoder = new IdTokenDecoderFactory(RestClient.create(), SOON_STALE)
				.createDecoder(registration(issuer));
			String idToken = idToken(issuer);
			decoder.decode(idToken);
			relay.at(KEYS, Faults.status(500));
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				assertThat(decoder.decode(idToken).getSubject()).isEqualTo("somebody");
				return relay.requests(KEYS).size() > 1;
			});
		}
	}

	private static ClientRegistration registration(String issuer) {
		return ClientRegistrations.fromOidcIssuerLocation(issuer).clientId(LocalProvider.CLIENT_ID).build();
	}

	private static String idToken(String issuer) throws JOSEException {
		RSAKey key = ProviderForTests.PROVIDER.signingKey();
		Instant now = Instant.now();
		SignedJWT idToken = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
				new JWTClaimsSet.Builder().issuer(issuer)
					.subject("somebody")
					.audience(LocalProvider.CLIENT_ID)
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plusSeconds(300)))
					.build());
		idToken.sign(new RSASSASigner(key));
		return idToken.serialize();
	}

}
