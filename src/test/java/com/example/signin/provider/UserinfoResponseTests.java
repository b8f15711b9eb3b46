package com.example.signin.provider;

import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * UserInfo responses that are signed JWTs (OIDC Core §5.3.2), and those that refer to
 * what others say (§5.6.2).
 */
@SigninTest
@TestPropertySource(properties = "signin.userinfo=always")
@ExtendWith(OutputCaptureExtension.class)
class UserinfoResponseTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final String OTHERS = """
			"_claim_names":{"address":"bank","credit_score":"agency"},
			"_claim_sources":{"bank":{"JWT":"eyJ.of-another.signature"},
			"agency":{"endpoint":"%s/elsewhere","access_token":"token-of-another"}}""";

	@LocalServerPort
	int port;

	static Stream<Arguments> refused() throws JOSEException {
		// Made before the request for it, which is given up after five seconds.
		RSAKey anotherKey = new RSAKeyGenerator(2048).keyID(ProviderForTests.PROVIDER.signingKey().getKeyID())
			.generate();
		return Stream.of(
				refused("signed with another key of the same kid", "Invalid signature",
						(claims) -> signed(claims, anotherKey, JWSAlgorithm.RS256)),
				refused("RS512", "Another algorithm expected",
						(claims) -> signed(claims, ProviderForTests.PROVIDER.signingKey(), JWSAlgorithm.RS512)),
				refused("HS256 with the client secret", "Another algorithm expected", (claims) -> {
					SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
					jwt.sign(new MACSigner(LocalProvider.CLIENT_SECRET));
					return jwt.serialize();
				}), refused("not signed", "none", (claims) -> new PlainJWT(claims.build()).serialize()),
				refused("of another issuer", "iss claim",
						(claims) -> IdTokens.signed(claims.issuer("https://other.example/as"))),
				refused("for another client", "aud claim",
						(claims) -> IdTokens.signed(claims.audience("another-client"))),
				refused("expired", "expired",
						(claims) -> IdTokens.signed(claims.expirationTime(Date.from(Instant.now().minusSeconds(120))))),
				refused("not a JWT", "Malformed token", (claims) -> "eyJ-nothing-of-that-kind"),
				refused("encrypted", "Encrypted JWT rejected", (claims) -> {
					EncryptedJWT jwt = new EncryptedJWT(
							new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM), claims.build());
					jwt.encrypt(new RSAEncrypter(ProviderForTests.PROVIDER.signingKey()));
					return jwt.serialize();
				}));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refused")
	void signInWhenUserinfoIsAJwtThatCannotBeTrustedThenRefusedAndLogSaysWhy(String what, String why, Answer answer,
			CapturedOutput output) {
		signedUserinfo(answer);
		HttpResponse<String> page = Visitor.of(this.port).signIn("/profile", "alice");
		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.body()).contains("Sign-in is not possible");
		assertThat(output.getAll().lines().filter((line) -> line.contains("Sign-in failed"))).singleElement()
			.asString()
			.contains(" WARN ", "invalid_user_info_jwt", why)
			.doesNotContain("eyJ");
	}

	@Test
	void signInWhenUserinfoIsASignedJwtThenItsClaimsAreThePersonsAndTheTokensStayTheIdTokens() {
		signedUserinfo((claims) -> IdTokens.signed(claims.claim("nickname", "Al")
			.jwtID("id-of-the-userinfo-jwt")
			.audience(LocalProvider.CLIENT_ID)
			.issuer(RELAY.issuer("localhost"))));
		HttpResponse<String> page = Visitor.of(this.port).signIn("/profile", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("nickname", ">Al<", "alice@example.com")
			.doesNotContain("id-of-the-userinfo-jwt");
	}

	@Test
	void signInWhenSignedUserinfoNamesNeitherIssuerNorAudienceThenAccepted() {
		signedUserinfo(IdTokens::signed);
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(200);
	}

	@Test
	void signInWhenSignedUserinfoIsOfAnotherSubjectThenRefused() {
		signedUserinfo((claims) -> IdTokens.signed(claims.subject("somebody-else")));
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(502);
	}

	@Test
	void signInWhenClaimsAreAggregatedOrDistributedThenPassedOverAndNothingIsFetched() {
		String others = OTHERS.formatted(RELAY.issuer("localhost"));
		RELAY.at("/userinfo", (exchange) -> Relay.Response.json(200,
				exchange.passOn().text().strip().replaceFirst("}$", "," + others + "}")));
		HttpResponse<String> page = Visitor.of(this.port).signIn("/profile", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Alice Example")
			.doesNotContain("_claim_", "eyJ.of-another", "token-of-another");
		assertThat(RELAY.requests("/elsewhere")).isEmpty();
	}

	@Test
	void signInWhenIdTokenRefersToOthersThenNoPageShowsIt() throws ParseException {
		Map<String, Object> others = JSONObjectUtils.parse("{" + OTHERS.formatted(RELAY.issuer("localhost")) + "}");
		RELAY.at("/token", (exchange) -> exchange.passOn().changed(IdTokens.with((claims) -> {
			others.forEach(claims::claim);
			return claims;
		})));
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.signIn("/profile", "alice").body()).contains("Alice Example").doesNotContain("_claim_");
		assertThat(visitor.open("/session").body()).doesNotContain("_claim_", "eyJ.of-another", "token-of-another");
	}

	private static void signedUserinfo(Answer answer) {
		RELAY.at("/userinfo", (exchange) -> {
			try {
				JWTClaimsSet claims = JWTClaimsSet.parse(exchange.passOn().text());
				return Relay.Response.of(200, "application/jwt", answer.of(new JWTClaimsSet.Builder(claims)));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static Arguments refused(String what, String why, Answer answer) {
		return Arguments.of(what, why, answer);
	}

	private static String signed(JWTClaimsSet.Builder claims, RSAKey key, JWSAlgorithm algorithm) throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
		jwt.sign(new RSASSASigner(key));
		return jwt.serialize();
	}

	@FunctionalInterface
	interface Answer {

		String of(JWTClaimsSet.Builder claims) throws Exception;

	}

}
