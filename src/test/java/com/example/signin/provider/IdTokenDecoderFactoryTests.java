package com.example.signin.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class IdTokenDecoderFactoryTests {

	private static final String KEYS = "/jwks";

	/** As short as the least time between two fetches allows. */
	private static final Duration SOON_STALE = Duration.ofMillis(5001);

	@Test
	void decodeWhenKeysAreStaleAndCannotBeHadThenWithThoseThatAreKnown() throws JOSEException {
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			JwtDecoder decoder = decoder(issuer, SignatureAlgorithm.RS256);
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
			JwtDecoder decoder = decoder(issuer, SignatureAlgorithm.RS256);
			assertThat(decoder.decode(idToken(issuer, kid)).getSubject()).isEqualTo("somebody");
		}
	}

	static Stream<Arguments> claims() {
		return Stream.of(
				claims("expired within the skew", true,
						(claims) -> claims.issueTime(fromNow(-300)).expirationTime(fromNow(-30))),
				claims("expired", false, (claims) -> claims.issueTime(fromNow(-300)).expirationTime(fromNow(-90))),
				claims("from the future within the skew", true, (claims) -> claims.issueTime(fromNow(30))),
				claims("from the future", false, (claims) -> claims.issueTime(fromNow(90))),
				claims("not valid yet", false, (claims) -> claims.notBeforeTime(fromNow(90))),
				claims("several audiences", false,
						(claims) -> claims.audience(List.of(LocalProvider.CLIENT_ID, "another"))),
				claims("several audiences, authorized party", true,
						(claims) -> claims.audience(List.of(LocalProvider.CLIENT_ID, "another"))
							.claim("azp", LocalProvider.CLIENT_ID)),
				claims("another authorized party", false, (claims) -> claims.claim("azp", "another")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("claims")
	void decodeWhenClaimsAreNotAsUsualThenByTheFrameworksRules(String what, boolean accepted,
			UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
		String issuer = ProviderForTests.PROVIDER.issuer();
		RSAKey key = ProviderForTests.PROVIDER.signingKey();
		String idToken = signed(change.apply(usual(issuer)), JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
		ThrowingCallable decode = () -> decoder(issuer, SignatureAlgorithm.RS256).decode(idToken);
		if (accepted) {
			assertThatCode(decode).doesNotThrowAnyException();
		}
		else {
			assertThatExceptionOfType(JwtValidationException.class).isThrownBy(decode);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PS256", "ES256" })
	void decodeWhenAlgorithmIsNotTheDefaultThenOnlyIfConfigured(SignatureAlgorithm algorithm) throws JOSEException {
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			ECKey elliptic = new ECKeyGenerator(Curve.P_256).keyID("key").generate();
			RSAKey rsa = new RSAKey.Builder(ProviderForTests.PROVIDER.signingKey()).keyID("key").build();
			boolean ec = algorithm == SignatureAlgorithm.ES256;
			relay.at(KEYS, Faults.json(200, new JWKSet(ec ? elliptic.toPublicJWK() : rsa.toPublicJWK()).toString()));
			String idToken = signed(usual(issuer), JWSAlgorithm.parse(algorithm.getName()), "key",
					ec ? new ECDSASigner(elliptic) : new RSASSASigner(rsa));
			assertThat(decoder(issuer, algorithm).decode(idToken).getSubject()).isEqualTo("somebody");
			assertThatExceptionOfType(BadJwtException.class)
				.isThrownBy(() -> decoder(issuer, SignatureAlgorithm.RS256).decode(idToken));
		}
	}

	@Test
	void decodeWhenKeySetHoldsTheClientSecretThenItsHmacIsRefused() throws JOSEException {
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			byte[] secret = LocalProvider.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8);
			OctetSequenceKey key = new OctetSequenceKey.Builder(secret).keyID("key")
				.algorithm(JWSAlgorithm.HS256)
				.build();
			relay.at(KEYS, Faults.json(200, new JWKSet(key).toString(false)));
			String idToken = signed(usual(issuer), JWSAlgorithm.HS256, "key", new MACSigner(secret));
			assertThatExceptionOfType(BadJwtException.class)
				.isThrownBy(() -> decoder(issuer, SignatureAlgorithm.values()).decode(idToken));
		}
	}

	private static Arguments claims(String what, boolean accepted, UnaryOperator<JWTClaimsSet.Builder> change) {
		return Arguments.of(what, accepted, change);
	}

	private static JwtDecoder decoder(String issuer, SignatureAlgorithm... algorithms) {
		return new IdTokenDecoderFactory(new ProviderKeys(RestClient.create(), SOON_STALE, Set.of(algorithms)))
			.createDecoder(registration(issuer));
	}

	private static ClientRegistration registration(String issuer) {
		return ClientRegistrations.fromOidcIssuerLocation(issuer).clientId(LocalProvider.CLIENT_ID).build();
	}

	private static String idToken(String issuer, @Nullable String kid) throws JOSEException {
		return signed(usual(issuer), JWSAlgorithm.RS256, kid, new RSASSASigner(ProviderForTests.PROVIDER.signingKey()));
	}

	private static JWTClaimsSet.Builder usual(String issuer) {
		return new JWTClaimsSet.Builder().issuer(issuer)
			.subject("somebody")
			.audience(LocalProvider.CLIENT_ID)
			.issueTime(fromNow(0))
			.expirationTime(fromNow(300));
	}

	private static Date fromNow(long seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, @Nullable String kid,
			JWSSigner signer) throws JOSEException {
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims.build());
		jwt.sign(signer);
		return jwt.serialize();
	}

}
