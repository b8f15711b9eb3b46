package com.example.signin.provider;

import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ID tokens that must not sign anybody in (OIDC Core §3.1.3.7).
 */
@SigninTest
class IdTokenTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	@LocalServerPort
	int port;

	static Stream<Arguments> forged() throws JOSEException {
		// Made before the token request, which is given up after five seconds.
		RSAKey anotherKey = new RSAKeyGenerator(2048).keyID(ProviderForTests.PROVIDER.signingKey().getKeyID())
			.generate();
		return Stream.of(forged("wrong issuer", (claims) -> byProvider(claims.issuer("https://other.example/as"))),
				forged("missing issuer", (claims) -> byProvider(claims.issuer(null))),
				forged("wrong audience", (claims) -> byProvider(claims.audience("another-client"))),
				forged("missing audience", (claims) -> byProvider(claims.claim("aud", null))),
				forged("wrong nonce", (claims) -> byProvider(claims.claim("nonce", "another"))),
				forged("missing nonce", (claims) -> byProvider(claims.claim("nonce", null))),
				forged("wrong authorized party", (claims) -> byProvider(claims.claim("azp", "another-client"))),
				forged("wrong access token hash", (claims) -> byProvider(claims.claim("at_hash", "another"))),
				forged("missing sub", (claims) -> byProvider(claims.subject(null))),
				forged("expired",
						(claims) -> byProvider(claims.expirationTime(Date.from(Instant.now().minusSeconds(120))))),
				forged("missing exp", (claims) -> byProvider(claims.expirationTime(null))),
				forged("from the future",
						(claims) -> byProvider(claims.issueTime(Date.from(Instant.now().plusSeconds(300))))),
				forged("missing iat", (claims) -> byProvider(claims.issueTime(null))),
				forged("signed with another key of the same kid", (claims) -> signed(claims, anotherKey)),
				forged("alg none", (claims) -> new PlainJWT(claims.build())),
				forged("HS256 with the client secret", (claims) -> {
					SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
					jwt.sign(new MACSigner(LocalProvider.CLIENT_SECRET));
					return jwt;
				}), forged("RS512", (claims) -> {
					SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS512), claims.build());
					jwt.sign(new RSASSASigner(ProviderForTests.PROVIDER.signingKey()));
					return jwt;
				}));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("forged")
	void signInWhenIdTokenIsForgedThenRefused(String what, Forgery forgery) {
		replaceIdToken(forgery);
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.body()).contains("Sign-in is not possible");
		assertThat(visitor.cookieNames()).doesNotContain("signin-session");
	}

	@Test
	void signInWhenIdTokenIsResignedWithTheProvidersKeyThenAccepted() {
		replaceIdToken(IdTokenTests::byProvider);
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(200);
	}

	@Test
	void signInWhenUserinfoIsOfAnotherSubjectThenRefused() {
		replaceIdToken((claims) -> byProvider(claims.claim("email", null)));
		RELAY.at("/userinfo", (exchange) -> Relay.Response.json(200, "{\"sub\":\"somebody-else\"}"));
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(502);
		assertThat(RELAY.requests("/userinfo")).hasSize(1);
	}

	@Test
	void signInWhenIdTokenLacksWhatAScopeStandsForThenUserinfoIsRead() {
		replaceIdToken((claims) -> byProvider(claims.claim("email", null)));
		var page = Visitor.of(this.port).signIn("/profile", "alice");
		assertThat(page.body()).contains("alice@example.com");
		assertThat(RELAY.requests("/userinfo")).hasSize(1);
	}

	@Test
	void signInWhenUserinfoIsNeverWantedThenNotReadWhateverIsMissing() {
		try (RunningApplication application = RunningApplication.with("signin.userinfo=never")) {
			replaceIdToken((claims) -> byProvider(claims.claim("email", null)));
			var page = application.visitor().signIn("/profile", "alice");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("Alice Example").doesNotContain("alice@example.com");
			assertThat(RELAY.requests("/userinfo")).isEmpty();
		}
	}

	@Test
	void signInWhenUserinfoIsAlwaysWantedThenReadAlthoughNothingIsMissing() {
		try (RunningApplication application = RunningApplication.with("signin.userinfo=always")) {
			assertThat(application.visitor().signIn("/profile", "alice").statusCode()).isEqualTo(200);
			assertThat(RELAY.requests("/userinfo")).hasSize(1);
		}
	}

	@Test
	void signInWhenIdTokenHasAllThenUserinfoIsNotReadAndKeysAreFetchedAtMostOnce() {
		Visitor.of(this.port).signIn("/profile", "alice");
		Visitor.of(this.port).signIn("/profile", "bob");
		assertThat(RELAY.requests("/userinfo")).isEmpty();
		assertThat(RELAY.requests("/jwks")).hasSizeLessThanOrEqualTo(1);
		assertThat(RELAY.requests("/token")).hasSize(2);
	}

	private static void replaceIdToken(Forgery forgery) {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> {
			JWTClaimsSet claims = SignedJWT.parse((String) answer.get("id_token")).getJWTClaimsSet();
			answer.put("id_token", forgery.of(new JWTClaimsSet.Builder(claims)).serialize());
		}));
	}

	private static Arguments forged(String what, Forgery forgery) {
		return Arguments.of(what, forgery);
	}

	private static JWT byProvider(JWTClaimsSet.Builder claims) throws Exception {
		return signed(claims, ProviderForTests.PROVIDER.signingKey());
	}

	private static JWT signed(JWTClaimsSet.Builder claims, RSAKey key) throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
				claims.build());
		jwt.sign(new RSASSASigner(key));
		return jwt;
	}

	@FunctionalInterface
	interface Forgery {

		JWT of(JWTClaimsSet.Builder claims) throws Exception;

	}

}
