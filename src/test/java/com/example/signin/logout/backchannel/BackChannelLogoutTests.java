package com.example.signin.logout.backchannel;

import java.net.URI;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.audit.SignedOut;
import com.example.signin.support.AuditEvents;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
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
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * OpenID Connect Back-Channel Logout 1.0.
 */
@SigninTest
@TestPropertySource(properties = BackChannelLogoutTests.ENABLED)
class BackChannelLogoutTests {

	static final String ENABLED = "signin.back-channel-logout.enabled=true";

	private static final String ENDPOINT = "/logout/connect/back-channel/pingone";

	private static final Map<String, Object> EVENTS = Map.of("http://schemas.openid.net/event/backchannel-logout",
			Map.of());

	private static final Relay RELAY = ProviderForTests.RELAY;

	@LocalServerPort
	int port;

	@Autowired
	ConfigurableApplicationContext context;

	@AfterEach
	void sendNoMoreLogoutTokens() {
		ProviderForTests.PROVIDER.sendLogoutTokensTo(null);
	}

	@Test
	void logoutTokenWhenSidThenEndsThatSessionAlone() {
		Person alice = signIn("alice");
		Person aliceElsewhere = signIn("alice");
		Person bob = signIn("bob");
		int sessions = sessions().length;
		assertAccepted(send(logoutToken().claim("sid", alice.claim("sid"))));
		// Before the browser comes again.
		assertThat(sessions()).hasSize(sessions - 1);
		assertThat(alice.isSignedIn()).isFalse();
		assertThat(aliceElsewhere.isSignedIn()).isTrue();
		assertThat(bob.isSignedIn()).isTrue();
	}

	@Test
	void logoutTokenWhenSubThenEndsAllSessionsOfThatPerson() {
		Person alice = signIn("alice");
		Person aliceElsewhere = signIn("alice");
		Person bob = signIn("bob");
		AuditEvents events = AuditEvents.of(this.context);
		assertAccepted(send(logoutToken().subject(alice.claim("sub"))));
		assertThat(events.all(SignedOut.class)).contains(
				new SignedOut(SignedOut.Kind.BACK_CHANNEL, alice.claim("sub"), alice.claim("sid")),
				new SignedOut(SignedOut.Kind.BACK_CHANNEL, alice.claim("sub"), aliceElsewhere.claim("sid")));
		assertThat(alice.isSignedIn()).isFalse();
		assertThat(aliceElsewhere.isSignedIn()).isFalse();
		assertThat(bob.isSignedIn()).isTrue();
	}

	@Test
	void logoutTokenWhenSubAndSidThenEndsTheSessionOfTheSidAlone() {
		Person alice = signIn("alice");
		Person aliceElsewhere = signIn("alice");
		assertAccepted(send(logoutToken().subject(alice.claim("sub")).claim("sid", alice.claim("sid"))));
		assertThat(alice.isSignedIn()).isFalse();
		assertThat(aliceElsewhere.isSignedIn()).isTrue();
	}

	@Test
	void signOffWhenTwoSessionsOfOneSignOnThenTheProviderEndsTheOther() {
		ProviderForTests.PROVIDER.sendLogoutTokensTo(URI.create("http://localhost:" + this.port + ENDPOINT));
		Visitor visitor = Visitor.of(this.port);
		String other = "http://127.0.0.1:" + this.port + "/profile";
		HttpResponse<String> page = visitor.signIn("/profile", "alice");
		assertThat(visitor.follow(visitor.open(other)).uri()).isEqualTo(URI.create(other));
		Person aliceElsewhere = signIn("alice");
		HttpResponse<String> signedOut = visitor.follow(visitor.submit("/logout", page, Form.parse("")));
		assertThat(signedOut.body()).contains("You are signed out");
		assertThat(visitor.fetch(other).statusCode()).isEqualTo(401);
		assertThat(aliceElsewhere.isSignedIn()).isTrue();
	}

	@Test
	void logoutTokenWhenPersonSignedInAgainOverTheSameSessionThenEndsIt() {
		Person alice = signIn("alice");
		String id = alice.sessionId();
		assertThat(alice.visitor().follow(alice.visitor().open("/oauth2/authorization/pingone")).statusCode())
			.isEqualTo(200);
		assertThat(alice.sessionId()).isNotEqualTo(id);
		assertAccepted(send(logoutToken().claim("sid", alice.claim("sid"))));
		assertThat(alice.isSignedIn()).isFalse();
	}

	@Test
	void logoutTokenWhenItComesAgainThenEndsNoLaterSession() {
		Person alice = signIn("alice");
		JWTClaimsSet.Builder logoutToken = logoutToken().claim("sid", alice.claim("sid"));
		assertAccepted(send(logoutToken));
		Person aliceLater = signIn("alice");
		assertAccepted(send(logoutToken));
		assertThat(aliceLater.isSignedIn()).isTrue();
	}

	@Test
	void logoutTokenWhenManyAtOnceThenAllAccepted() {
		Person alice = signIn("alice");
		String token = byProvider(logoutToken().subject(alice.claim("sub"))).serialize();
		List<HttpResponse<String>> answers = IntStream.range(0, 16)
			.parallel()
			.mapToObj((index) -> send(token))
			.toList();
		assertThat(answers).allSatisfy(BackChannelLogoutTests::assertAccepted);
		assertThat(alice.isSignedIn()).isFalse();
	}

	@Test
	void logoutTokenWhenTokensAreBeingRenewedThenNobodyIsSignedInAfterwards() {
		Person alice = signIn("alice", 1);
		String logoutToken = byProvider(logoutToken().subject(alice.claim("sub"))).serialize();
		RELAY.at("/token", (exchange) -> {
			assertAccepted(send(logoutToken));
			return exchange.passOn();
		});
		assertThat(Visitor.location(alice.visitor().open("/session"))).contains("/as/authorize?");
		assertThat(alice.isSignedIn()).isFalse();
	}

	@Test
	void sessionWhenExpiredOrSignedOutThenNothingIsKeptOfIt(@Autowired OidcSessionRegistry registry) {
		Person alice = signIn("alice");
		Person bob = signIn("bob");
		List<String> ids = List.of(alice.sessionId(), bob.sessionId());
		Stream.of(sessions()).filter((session) -> session.getId().equals(ids.get(0))).forEach(Session::expire);
		bob.visitor().submit("/logout", bob.visitor().open("/profile"), Form.parse(""));
		assertThat(ids).allSatisfy((id) -> assertThat(registry.removeSessionInformation(id)).isNull());
		Person carol = signIn("alice");
		assertThat(registry.removeSessionInformation(carol.sessionId())).isNotNull();
	}

	@Test
	void logoutTokenWhenManyThenKeysAreFetchedAtMostOnce() {
		Person alice = signIn("alice");
		for (int i = 0; i < 3; i++) {
			assertAccepted(send(logoutToken().subject(alice.claim("sub"))));
		}
		assertThat(RELAY.requests("/jwks")).hasSizeLessThanOrEqualTo(1);
	}

	static Stream<Arguments> acceptable() {
		return Stream.of(
				logoutToken("several audiences",
						(claims) -> byProvider(claims.audience(List.of("another-client", LocalProvider.CLIENT_ID)))),
				logoutToken("typ JWT", (claims) -> signed(claims, ofType(JOSEObjectType.JWT))),
				logoutToken("no typ", (claims) -> signed(claims, ofType(null))),
				logoutToken("expired within the clock skew", (claims) -> byProvider(
						claims.issueTime(secondsFromNow(-90)).expirationTime(secondsFromNow(-30)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("acceptable")
	void logoutTokenWhenAcceptableThenEndsTheSession(String what, Encoding encoding) throws Exception {
		Person alice = signIn("alice");
		JWTClaimsSet.Builder claims = logoutToken().subject(alice.claim("sub")).claim("sid", alice.claim("sid"));
		assertAccepted(send(encoding.of(claims).serialize()));
		assertThat(alice.isSignedIn()).isFalse();
	}

	static Stream<Arguments> forged() {
		return Stream.of(logoutToken("wrong issuer", (claims) -> byProvider(claims.issuer("https://other.example/as"))),
				logoutToken("issuer that is no URL", (claims) -> byProvider(claims.issuer("other"))),
				logoutToken("missing issuer", (claims) -> byProvider(claims.issuer(null))),
				logoutToken("wrong audience", (claims) -> byProvider(claims.audience("another-client"))),
				logoutToken("missing audience", (claims) -> byProvider(claims.claim("aud", null))),
				logoutToken("expired",
						(claims) -> byProvider(
								claims.issueTime(secondsFromNow(-240)).expirationTime(secondsFromNow(-120)))),
				logoutToken("missing exp", (claims) -> byProvider(claims.expirationTime(null))),
				logoutToken("missing iat", (claims) -> byProvider(claims.issueTime(null))),
				logoutToken("from the future",
						(claims) -> byProvider(
								claims.issueTime(secondsFromNow(300)).expirationTime(secondsFromNow(600)))),
				logoutToken("missing jti", (claims) -> byProvider(claims.jwtID(null))),
				logoutToken("missing events", (claims) -> byProvider(claims.claim("events", null))),
				logoutToken("wrong events",
						(claims) -> byProvider(
								claims.claim("events", Map.of("http://schemas.openid.net/event/other", Map.of())))),
				logoutToken("events that are no object",
						(claims) -> byProvider(
								claims.claim("events", "http://schemas.openid.net/event/backchannel-logout"))),
				logoutToken("event that is no object",
						(claims) -> byProvider(claims.claim("events",
								Map.of("http://schemas.openid.net/event/backchannel-logout", true)))),
				logoutToken("nonce", (claims) -> byProvider(claims.claim("nonce", "n"))),
				logoutToken("neither sub nor sid", (claims) -> byProvider(claims.subject(null).claim("sid", null))),
				logoutToken("type of an access token",
						(claims) -> signed(claims, ofType(new JOSEObjectType("at+jwt")))),
				logoutToken("signed with another key of the same kid",
						(claims) -> signed(claims, ofType(null),
								new RSAKeyGenerator(2048).keyID(ProviderForTests.PROVIDER.signingKey().getKeyID())
									.generate())),
				logoutToken("alg none", (claims) -> new PlainJWT(claims.build())),
				logoutToken("HS256 with the client secret", (claims) -> {
					SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
					jwt.sign(new MACSigner(LocalProvider.CLIENT_SECRET));
					return jwt;
				}), logoutToken("RS512", (claims) -> signed(claims, new JWSHeader(JWSAlgorithm.RS512))),
				logoutToken("encrypted", (claims) -> {
					EncryptedJWT jwt = new EncryptedJWT(
							new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), claims.build());
					jwt.encrypt(new RSAEncrypter(ProviderForTests.PROVIDER.signingKey()));
					return jwt;
				}));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("forged")
	void logoutTokenWhenForgedThenRefusedAndNobodyIsSignedOut(String what, Encoding encoding) throws Exception {
		Person alice = signIn("alice");
		JWTClaimsSet.Builder claims = logoutToken().subject(alice.claim("sub")).claim("sid", alice.claim("sid"));
		assertRefused(send(encoding.of(claims).serialize()), "invalid_request");
		assertThat(alice.isSignedIn()).isTrue();
	}

	@Test
	void logoutTokenWhenItIsAnIdTokenThenRefused() {
		Person alice = signIn("alice");
		assertRefused(send(alice.idToken()), "invalid_request");
		assertThat(alice.isSignedIn()).isTrue();
	}

	/**
	 * Whether the keys may be fetched again for it depends on when that was done last.
	 */
	@Test
	void logoutTokenWhenKeyIsUnknownThenRefused() throws JOSEException {
		Person alice = signIn("alice");
		RSAKey key = new RSAKeyGenerator(2048).keyID("unknown").generate();
		JWT token = signed(logoutToken().subject(alice.claim("sub")),
				new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build(), key);
		assertThat(send(token.serialize()).statusCode()).isEqualTo(400);
		assertThat(alice.isSignedIn()).isTrue();
	}

	@Test
	void endpointWhenNoLogoutTokenThenRefused() {
		Visitor provider = Visitor.of(this.port);
		assertRefused(provider.submit(ENDPOINT, Form.parse("")), "invalid_request");
		for (String token : List.of("", " ", "no-token", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.")) {
			assertRefused(send(token), "invalid_request");
		}
		assertThat(provider.open(ENDPOINT).statusCode()).isEqualTo(404);
		assertThat(provider.submit("/logout/connect/back-channel/other", Form.parse("")).statusCode()).isEqualTo(401);
		assertThat(provider.cookieNames()).isEmpty();
	}

	@Test
	void logoutTokenWhenItCannotBeVerifiedThenRefused() {
		try (SeparateSignin signin = SeparateSignin.with(ENABLED)) {
			Relay relay = signin.relay();
			Form form = Form.parse("")
				.with("logout_token",
						byProvider(logoutToken(relay.issuer("localhost")).subject("anybody")).serialize());
			relay.at("/.well-known/openid-configuration", Faults.status(503));
			relay.at("/jwks", Faults.status(503));
			assertRefused(signin.visitor().submit(ENDPOINT, form), "temporarily_unavailable");
			relay.at("/.well-known/openid-configuration", Relay.Exchange::passOn);
			await().atMost(Duration.ofSeconds(20)).until(() -> {
				assertRefused(signin.visitor().submit(ENDPOINT, form), "temporarily_unavailable");
				return !relay.requests("/jwks").isEmpty();
			});
		}
	}

	private Person signIn(String userName) {
		return signIn(userName, 3600);
	}

	private Person signIn(String userName, int tokenLifetime) {
		Visitor visitor = Visitor.of(this.port);
		String[] idToken = { "" };
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> {
			idToken[0] = String.valueOf(answer.get("id_token"));
			answer.put("expires_in", tokenLifetime);
		}));
		assertThat(visitor.signIn("/profile", userName).statusCode()).isEqualTo(200);
		return new Person(visitor, idToken[0]);
	}

	private Session[] sessions() {
		return new RunningApplication(this.context).sessions().findSessions();
	}

	private HttpResponse<String> send(JWTClaimsSet.Builder logoutToken) {
		return send(byProvider(logoutToken).serialize());
	}

	private HttpResponse<String> send(String logoutToken) {
		return Visitor.of(this.port).submit(ENDPOINT, Form.parse("").with("logout_token", logoutToken));
	}

	private static void assertAccepted(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
	}

	private static void assertRefused(HttpResponse<String> answer, String error) {
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(json(answer.body())).containsEntry("error", error).containsKey("error_description").hasSize(2);
	}

	private static JWTClaimsSet.Builder logoutToken() {
		return logoutToken(RELAY.issuer("localhost"));
	}

	private static JWTClaimsSet.Builder logoutToken(String issuer) {
		return new JWTClaimsSet.Builder().issuer(issuer)
			.audience(LocalProvider.CLIENT_ID)
			.issueTime(secondsFromNow(0))
			.expirationTime(secondsFromNow(120))
			.jwtID(UUID.randomUUID().toString())
			.claim("events", EVENTS);
	}

	private static Arguments logoutToken(String what, Encoding encoding) {
		return Arguments.of(what, encoding);
	}

	private static JWT byProvider(JWTClaimsSet.Builder claims) {
		return signed(claims, ofType(new JOSEObjectType("logout+jwt")));
	}

	private static JWSHeader ofType(@Nullable JOSEObjectType type) {
		return new JWSHeader.Builder(JWSAlgorithm.RS256).type(type)
			.keyID(ProviderForTests.PROVIDER.signingKey().getKeyID())
			.build();
	}

	private static JWT signed(JWTClaimsSet.Builder claims, JWSHeader header) {
		return signed(claims, header, ProviderForTests.PROVIDER.signingKey());
	}

	private static JWT signed(JWTClaimsSet.Builder claims, JWSHeader header, RSAKey key) {
		try {
			SignedJWT jwt = new SignedJWT(header, claims.build());
			jwt.sign(new RSASSASigner(key));
			return jwt;
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Date secondsFromNow(int seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	private static Map<String, Object> json(String text) {
		try {
			return JSONObjectUtils.parse(text);
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	interface Encoding {

		JWT of(JWTClaimsSet.Builder claims) throws Exception;

	}

	/**
	 * Somebody who has signed in with a browser.
	 */
	private record Person(Visitor visitor, String idToken) {

		String claim(String name) {
			try {
				return Objects.requireNonNull(SignedJWT.parse(this.idToken).getJWTClaimsSet().getStringClaim(name));
			}
			catch (ParseException ex) {
				throw new IllegalStateException(ex);
			}
		}

		boolean isSignedIn() {
			return this.visitor.fetch("/profile").statusCode() == 200;
		}

		String sessionId() {
			return this.visitor.cookies()
				.getCookieStore()
				.getCookies()
				.stream()
				.filter((cookie) -> cookie.getName().equals("signin-session"))
				.map((cookie) -> cookie.getValue())
				.findFirst()
				.orElseThrow();
		}

	}

}
