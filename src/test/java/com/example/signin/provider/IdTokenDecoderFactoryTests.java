package com.example.signin.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
			JwtDecoder decoder = new IdTokenDecoderFactory(new ProviderKeys(RestClient.create(), SOON_STALE))
				.createDecoder(registration(issuer));
			String idToken = idToken(issuer, ProviderForTests.PROVIDER.signingKey().getKeyID());
			decoder.decode(idToken);
			relay.at(KEYS, Faults.status(500));
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				assertThat(decoder.decode(idToken).getSubject()).isEqualTo("somebody");
				return relay.requests(KEYS).size() > 1;
			});
		}
	}

	/**
	 * OIDC Core §10.1: without {@code kid} any of the keys may be the one. RFC 7517 §5:
	 * keys that nobody can use do not disturb.
	 */
	static Stream<Arguments> published() throws JOSEException {
		RSAKey key = ProviderForTests.PROVIDER.signingKey().toPublicJWK();
		RSAKey nameless = new RSAKey.Builder(key).keyID(null).build();
		JWK otherNameless = new RSAKeyGenerator(2048).generate().toPublicJWK();
		JWK forEncryption = new RSAKey.Builder(key).keyID("encryption").keyUse(KeyUse.ENCRYPTION).build();
		JWK otherKind = new ECKeyGenerator(Curve.P_256).keyID("other").generate().toPublicJWK();
		return Stream.of(published("the one key has no kid", null, nameless),
				published("no key has a kid", null, otherNameless, nameless),
				published("there are keys for other purposes", key.getKeyID(), otherKind, forEncryption, key),
				Arguments.of("there are keys of an unknown kind", key.getKeyID(), """
						{"keys":[{"kty":"AKP","alg":"ML-DSA-9999","kid":"one","use":"sig","pub":"AAAA"},
						{"kty":"UNHEARD-OF","alg":"UNHEARD-OF","kid":"two","use":"sig"},%s]}"""
					.formatted(key.toJSONString())));
	}

	private static Arguments published(String what, @Nullable String kid, JWK... keys) {
		return Arguments.of(what, kid, new JWKSet(List.of(keys)).toString());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("published")
	void decodeWhenOneOfTheKeysFitsThenWithThat(String what, @Nullable String kid, String keys) throws JOSEException {
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			relay.at(KEYS, Faults.json(200, keys));
			JwtDecoder decoder = new IdTokenDecoderFactory(new ProviderKeys(RestClient.create(), SOON_STALE))
				.createDecoder(registration(issuer));
			assertThat(decoder.decode(idToken(issuer, kid)).getSubject()).isEqualTo("somebody");
		}
	}

	private static ClientRegistration registration(String issuer) {
		return ClientRegistrations.fromOidcIssuerLocation(issuer).clientId(LocalProvider.CLIENT_ID).build();
	}

	private static String idToken(String issuer, @Nullable String kid) throws JOSEException {
		Instant now = Instant.now();
		SignedJWT idToken = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(),
				new JWTClaimsSet.Builder().issuer(issuer)
					.subject("somebody")
					.audience(LocalProvider.CLIENT_ID)
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plusSeconds(300)))
					.build());
		idToken.sign(new RSASSASigner(ProviderForTests.PROVIDER.signingKey()));
		return idToken.serialize();
	}

}
