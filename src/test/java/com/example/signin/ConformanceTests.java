package com.example.signin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the OpenID Foundation's conformance suite asks of a relying party, with its
 * modules' names: code flow and {@code client_secret_jwt}, against a provider like the
 * suite's own. That is not like PingOne: its issuer ends with a slash, its metadata hold
 * the least there can be, an access token tells no lifetime, and an ID token says nothing
 * of the person, so that a sign-in ends with a call of UserInfo, and a refused one before
 * it. Modules about keys, client authentication and the issuer of the metadata are in the
 * tests of these.
 */
class ConformanceTests {

	private static final Relay RELAY = Relay.to(ProviderForTests.PROVIDER);

	private static final String ISSUER = RELAY.issuer("localhost").replaceFirst("/[^/]+/as$", "/test/a/signin/");

	private static final String SUBJECT = "user-subject-1234531";

	private static final Map<String, Object> PERSON = Map.of("sub", SUBJECT, "name", "Demo T. User", "email",
			"user@example.com", "email_verified", false, "updated_at", 1580000000);

	private static final ECKey EC_KEY = ecKey();

	private static RunningApplication application;

	/** In the order in which the token endpoint issued them. */
	private final List<String> accessTokens = new ArrayList<>();

	@BeforeAll
	static void start() {
		application = SeparateSignin.at(ISSUER);
	}

	@AfterAll
	static void stop() {
		application.close();
		RELAY.close();
	}

	@BeforeEach
	void reset() {
		RELAY.reset();
		RELAY.at("/test/a/signin/.well-known/openid-configuration",
				(exchange) -> Relay.Response.json(200, JSONObjectUtils.toJSONString(metadata())));
		RELAY.at("/jwks", (exchange) -> Relay.Response.json(200,
				new JWKSet(List.of(EC_KEY, ProviderForTests.PROVIDER.signingKey())).toString()));
	}

	static Stream<Module> modules() {
		return Stream.of(accepted("oidcc-client-test", PERSON),
				accepted("oidcc-client-test-aggregated-claims",
						Map.of("sub", SUBJECT, "_claim_names", Map.of("address", "src1", "phone_number", "src1"),
								"_claim_sources",
								Map.of("src1", Map.of("JWT", new PlainJWT(claimsOfAnotherSource()).serialize())))),
				new Module("oidcc-client-test-userinfo-invalid-sub", IdTokens::signed,
						Map.of("sub", SUBJECT + "invalid"), 502, List.of("token", "userinfo")),
				refused("oidcc-client-test-invalid-iss",
						(claims) -> IdTokens.signed(claims.issuer(ISSUER + "invalid"))),
				refused("oidcc-client-test-missing-sub", (claims) -> IdTokens.signed(claims.subject(null))),
				refused("oidcc-client-test-invalid-aud",
						(claims) -> IdTokens.signed(claims.audience("another-client"))),
				refused("oidcc-client-test-missing-aud", (claims) -> IdTokens.signed(claims.claim("aud", null))),
				refused("oidcc-client-test-missing-iat", (claims) -> IdTokens.signed(claims.issueTime(null))),
				refused("oidcc-client-test-nonce-invalid",
						(claims) -> IdTokens.signed(claims.claim("nonce", "another"))),
				refused("oidcc-client-test-idtoken-sig-none", (claims) -> new PlainJWT(claims.build()).serialize()),
				refused("oidcc-client-test-invalid-sig-rs256", (claims) -> broken(IdTokens.signed(claims))),
				refused("oidcc-client-test-invalid-sig-hs256",
						(claims) -> broken(
								signed(claims, JWSAlgorithm.HS256, new MACSigner(LocalProvider.CLIENT_SECRET)))),
				refused("oidcc-client-test-invalid-sig-es256",
						(claims) -> broken(signed(claims, JWSAlgorithm.ES256, new ECDSASigner(EC_KEY)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("modules")
	void signInWhenProviderDoesAsInTheModuleThenAsTheModuleExpects(Module module) {
		answer(module.idToken(), module.userinfo());
		Visitor visitor = application.visitor();
		assertThat(visitor.signIn("/profile", "alice").statusCode()).isEqualTo(module.status());
		assertThat(calls()).isEqualTo(module.calls());
		assertThat(visitor.cookieNames().contains("signin-session")).isEqualTo(module.status() == 200);
	}

	/**
	 * {@code oidcc-client-test-refresh-token}.
	 */
	@Test
	void renewalWhenIdTokenIsThePersonsThenUserinfoIsReadWithTheNewToken() {
		Visitor visitor = signedIn();
		assertThat(visitor.open("/session").statusCode()).isEqualTo(200);
		assertThat(calls()).containsExactly("token", "userinfo", "token", "userinfo");
		assertThat(RELAY.requests("/userinfo")).extracting((request) -> request.header("Authorization"))
			.containsExactly("Bearer " + this.accessTokens.get(0), "Bearer " + this.accessTokens.get(1));
	}

	static Stream<Module> modulesOfRenewal() {
		return Stream.of(
				refused("oidcc-client-test-refresh-token-invalid-issuer",
						(claims) -> IdTokens.signed(claims.issuer(ISSUER + "invalid"))),
				refused("oidcc-client-test-refresh-token-invalid-sub",
						(claims) -> IdTokens.signed(claims.subject(SUBJECT + "invalid"))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("modulesOfRenewal")
	void renewalWhenIdTokenIsNotThePersonsThenUserinfoIsNotRead(Module module) {
		Visitor visitor = signedIn();
		answer(module.idToken(), module.userinfo());
		assertThat(visitor.follow(visitor.open("/session")).statusCode()).isEqualTo(200);
		assertThat(calls()).containsExactly("token", "userinfo", "token");
	}

	@Test
	void logoutWhenProviderHasNoEndSessionEndpointThenEndsHere() {
		answer(IdTokens::signed, PERSON);
		Visitor visitor = application.visitor();
		var profile = visitor.signIn("/profile", "alice");
		var redirect = visitor.submit("/logout", profile, Form.parse(""));
		assertThat(Visitor.location(redirect)).isEqualTo("http://localhost:" + application.port() + "/signed-out");
	}

	private Visitor signedIn() {
		answer(IdTokens::signed, PERSON);
		Visitor visitor = application.visitor();
		assertThat(visitor.signIn("/profile", "alice").body()).contains("Demo T. User");
		return visitor;
	}

	private static Map<String, Object> metadata() {
		String provider = RELAY.issuer("localhost");
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("issuer", ISSUER);
		metadata.put("authorization_endpoint", provider + "/authorize");
		metadata.put("token_endpoint", provider + "/token");
		metadata.put("jwks_uri", provider + "/jwks");
		metadata.put("userinfo_endpoint", provider + "/userinfo");
		metadata.put("response_types_supported", List.of("code", "id_token code", "token code id_token"));
		metadata.put("subject_types_supported", List.of("public", "pairwise"));
		metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_jwt"));
		metadata.put("id_token_signing_alg_values_supported", List.of("none", "RS256", "HS256", "ES256"));
		return metadata;
	}

	/**
	 * Makes of the local provider's answers those of the suite.
	 */
	private void answer(IdToken idToken, Map<String, Object> userinfo) {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> {
			String accessToken = Objects.requireNonNull((String) answer.get("access_token"));
			this.accessTokens.add(accessToken);
			JWTClaimsSet claims = SignedJWT.parse((String) answer.get("id_token")).getJWTClaimsSet();
			answer.put("id_token", idToken.of(claims(claims, accessToken)));
			answer.remove("expires_in");
		}));
		RELAY.at("/userinfo", (exchange) -> Relay.Response.json(200, JSONObjectUtils.toJSONString(userinfo)));
	}

	private static JWTClaimsSet.Builder claims(JWTClaimsSet claims, String accessToken) {
		String hash = AccessTokenHash.compute(new BearerAccessToken(accessToken), JWSAlgorithm.RS256, null).getValue();
		return new JWTClaimsSet.Builder().issuer(ISSUER)
			.subject(SUBJECT)
			.audience(LocalProvider.CLIENT_ID)
			.issueTime(claims.getIssueTime())
			.expirationTime(claims.getExpirationTime())
			.claim("nonce", claims.getClaim("nonce"))
			.claim("at_hash", hash);
	}

	private static JWTClaimsSet claimsOfAnotherSource() {
		return new JWTClaimsSet.Builder().claim("phone_number", "+1 (310) 123-4567").build();
	}

	private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer)
			throws JOSEException {
		String kid = algorithm.equals(JWSAlgorithm.ES256) ? EC_KEY.getKeyID()
				: ProviderForTests.PROVIDER.signingKey().getKeyID();
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims.build());
		jwt.sign(signer);
		return jwt.serialize();
	}

	/**
	 * With one bit of the signature changed that is no padding.
	 */
	private static String broken(String jwt) {
		int changed = jwt.length() - 10;
		return jwt.substring(0, changed) + ((jwt.charAt(changed) != 'A') ? 'A' : 'B') + jwt.substring(changed + 1);
	}

	/**
	 * By these the suite judges.
	 */
	private static List<String> calls() {
		return RELAY.requests("")
			.stream()
			.map((request) -> request.uri().getPath())
			.map((path) -> path.substring(path.lastIndexOf('/') + 1))
			.filter(List.of("token", "userinfo")::contains)
			.toList();
	}

	private static ECKey ecKey() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Module accepted(String name, Map<String, Object> userinfo) {
		return new Module(name, IdTokens::signed, userinfo, 200, List.of("token", "userinfo"));
	}

	private static Module refused(String name, IdToken idToken) {
		return new Module(name, idToken, PERSON, 502, List.of("token"));
	}

	@FunctionalInterface
	interface IdToken {

		String of(JWTClaimsSet.Builder claims) throws JOSEException;

	}

	/**
	 * A module of the suite.
	 *
	 * @param name its name there
	 * @param idToken what the provider issues
	 * @param userinfo what it answers
	 * @param status what the person sees in the end
	 * @param calls what the provider has to be called for, in this order
	 */
	record Module(String name, IdToken idToken, Map<String, Object> userinfo, int status, List<String> calls) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
