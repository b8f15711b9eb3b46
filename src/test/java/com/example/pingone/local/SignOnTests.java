package com.example.pingone.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnTests {

	private static final String SIGNED_OUT = "http://localhost:8080/signed-out";

	private final LocalProvider provider = LocalProvider.start(0);

	private final SigninClient client = SigninClient.of(this.provider);

	private final Browser browser = new Browser();

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@Test
	void codeFlowWhenSignedOnThenTokensRefreshIntrospectRevokeSignOff() throws Exception {
		var tokens = Browser.json(codeGrant(signOn(this.browser, "alice", Map.of("nonce", "n-1"))));
		assertThat(tokens).containsEntry("token_type", "Bearer").containsEntry("scope", "openid profile email");
		assertThat((Long) tokens.get("expires_in")).isBetween(3590L, 3600L);

		JWTClaimsSet idToken = idToken(tokens);
		assertThat(idToken.getIssuer()).isEqualTo(this.provider.issuer());
		assertThat(idToken.getAudience()).containsExactly(LocalProvider.CLIENT_ID);
		assertThat(idToken.getClaims()).containsEntry("nonce", "n-1")
			.containsEntry("acr", "Single_Factor")
			.containsEntry("amr", List.of("pwd"))
			.containsEntry("env", Paths.ENVIRONMENT_ID)
			.containsEntry("p1.region", "NA1")
			.containsEntry("name", "Alice Example")
			.containsEntry("preferred_username", "alice")
			.containsEntry("email", "alice@example.com")
			.containsEntry("email_verified", true)
			.containsKeys("sub", "sid", "auth_time", "org", "updated_at");
		assertThat(Duration.between(idToken.getIssueTime().toInstant(), idToken.getExpirationTime().toInstant()))
			.isEqualTo(Duration.ofHours(1));

		assertThat(userInfo(tokens).statusCode()).isEqualTo(200);
		assertThat(Browser.json(userInfo(tokens))).containsEntry("sub", idToken.getSubject())
			.containsEntry("given_name", "Alice")
			.containsEntry("email", "alice@example.com");

		var renewed = Browser.json(refresh(tokens));
		assertThat(renewed.get("refresh_token")).isNotEqualTo(tokens.get("refresh_token"));
		assertThat(idToken(renewed).getClaim("sid")).isEqualTo(idToken.getClaim("sid"));
		assertThat(introspect(renewed)).containsEntry("active", true);

		assertThat(this.client.call("/revoke", Map.of("token", text(renewed, "refresh_token"))).statusCode())
			.isEqualTo(200);
		assertThat(introspect(renewed)).containsEntry("active", false);
		assertThat(refresh(renewed).statusCode()).isEqualTo(400);

		var signedOff = signOff(this.browser, Map.of("id_token_hint", text(tokens, "id_token"),
				"post_logout_redirect_uri", SIGNED_OUT, "state", SigninClient.STATE));
		assertThat(Browser.location(signedOff)).startsWith(SIGNED_OUT + "?");
		assertThat(Browser.parameters(signedOff)).containsEntry("state", SigninClient.STATE);
		assertThat(Browser.location(authorize(this.browser, Map.of()))).contains(Paths.SIGNON + "?flowId=");
	}

	@Test
	void codeFlowWhenSigningKeyWasRotatedThenNewKeySigns() throws Exception {
		this.provider.rotateSigningKey();
		var tokens = Browser.json(codeGrant(signOn(new Browser(), "alice", Map.of())));
		assertThat(idToken(tokens).getSubject()).isNotBlank();
		assertThat(userInfo(tokens).statusCode()).isEqualTo(200);
	}

	@Test
	void refreshWhenTokenIsReusedThenFamilyIsRevoked() {
		var tokens = Browser.json(codeGrant(signOn(new Browser(), "alice", Map.of())));
		var renewed = Browser.json(refresh(tokens));
		assertThat(Browser.json(refresh(tokens))).containsEntry("error", "invalid_grant");
		assertThat(Browser.json(refresh(renewed))).containsEntry("error", "invalid_grant");
		assertThat(userInfo(renewed).statusCode()).isEqualTo(401);
	}

	@Test
	void codeWhenUsedTwiceThenInvalidGrant() {
		var callback = signOn(new Browser(), "alice", Map.of());
		var tokens = Browser.json(codeGrant(callback));
		assertThat(Browser.json(codeGrant(callback))).containsEntry("error", "invalid_grant");
		assertThat(userInfo(tokens).statusCode()).isEqualTo(401);
	}

	@Test
	void codeWhenVerifierIsWrongThenInvalidGrant() {
		var callback = signOn(new Browser(), "alice", Map.of());
		var form = codeForm(callback);
		form.put("code_verifier", "another-verifier-of-at-least-forty-three-characters");
		var response = this.client.token(form);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(Browser.json(response)).containsEntry("error", "invalid_grant");
	}

	@Test
	void codeFlowWhenNoPkceThenTokens() {
		var browser = new Browser();
		var callback = signOn(browser, "bob", Map.of("code_challenge", "", "code_challenge_method", ""));
		var form = codeForm(callback);
		form.remove("code_verifier");
		assertThat(Browser.json(this.client.token(form))).containsKey("id_token");
	}

	@Test
	void claimsWhenOnlyOpenidThenNoProfileAndEmail() throws Exception {
		var tokens = Browser.json(codeGrant(signOn(new Browser(), "bob", Map.of("scope", "openid"))));
		assertThat(idToken(tokens).getClaims()).doesNotContainKeys("name", "email");
		assertThat(Browser.json(userInfo(tokens))).containsOnlyKeys("sub");
	}

	@Test
	void signOnWhenPasswordIsWrongThenPageSaysSoAndKeepsUserName() {
		var browser = new Browser();
		var page = browser.follow(authorize(browser, Map.of()));
		assertThat(page.body()).doesNotContain("Incorrect");
		var again = browser.signOn(page, "al\"><b>ice", "wrong");
		assertThat(again.body()).contains("Incorrect user name or password")
			.contains("value=\"al&quot;&gt;&lt;b&gt;ice\"");
		var callback = browser.follow(browser.signOn(again, "alice", "alice-password"));
		assertThat(Browser.parameters(callback)).containsKey("code");
	}

	@Test
	void signOnWhenFormIsForgedThenNotSignedOn() {
		var browser = new Browser();
		var page = browser.follow(authorize(browser, Map.of()));
		var refused = browser.post(page.uri().toString(), Map.of("username", "alice", "password", "alice-password"));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(Browser.location(authorize(browser, Map.of()))).contains(Paths.SIGNON + "?flowId=");
	}

	@Test
	void signOnWhenCookieIsGoneThenPageSaysToStartAgain() {
		var browser = new Browser();
		var page = browser.follow(authorize(browser, Map.of()));
		for (var refused : List.of(new Browser().signOn(page, "alice", "alice-password"), new Browser().cancel(page))) {
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).contains("Please start again at the application");
		}
	}

	@Test
	void signOnWhenTwoAreUnderWayThenEachAnswersItsOwnRequest() {
		var browser = new Browser();
		var pages = Map.of("first", browser.follow(authorize(browser, Map.of("state", "first"))), "second",
				browser.follow(authorize(browser, Map.of("state", "second"))));
		pages.forEach((state, page) -> {
			var callback = browser.follow(browser.signOn(page, "alice", "alice-password"));
			assertThat(Browser.parameters(callback)).containsEntry("state", state).containsKey("code");
		});
	}

	@Test
	void signOnWhenCancelledThenAccessDenied() {
		var browser = new Browser();
		var page = browser.follow(authorize(browser, Map.of()));
		var callback = browser.follow(browser.cancel(page));
		assertThat(Browser.location(callback)).startsWith(this.client.redirectUri() + "?");
		assertThat(Browser.parameters(callback)).containsEntry("error", "access_denied")
			.containsEntry("state", SigninClient.STATE);
		assertThat(Browser.location(authorize(browser, Map.of()))).contains(Paths.SIGNON + "?flowId=");
	}

	@Test
	void signOnWhenNothingIsUnderWayThenPageSaysSo() {
		var page = new Browser().get(this.provider.issuer().replace(Paths.ISSUER, Paths.SIGNON));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("There is no sign-on under way");
	}

	@Test
	void authorizeWhenPostedThenSignOnAndCode() {
		var browser = new Browser();
		var toSignOn = browser.post(this.provider.issuer() + "/authorize", this.client.request(Map.of()));
		assertThat(toSignOn.statusCode()).isEqualTo(302);
		var callback = throughSignOn(browser, toSignOn, "alice");
		assertThat(Browser.parameters(callback)).containsEntry("state", SigninClient.STATE).containsKey("code");
	}

	@Test
	void authorizeWhenPushedThenCodeOnceAndCancelRedirects() {
		var response = this.client.call("/par", this.client.request(Map.of()));
		assertThat(response.statusCode()).isEqualTo(201);
		String uri = this.provider.issuer() + "/authorize?" + Browser.encode(Map.of("client_id",
				LocalProvider.CLIENT_ID, "request_uri", text(Browser.json(response), "request_uri")));
		var cancelling = new Browser();
		var cancelled = cancelling.follow(cancelling.cancel(cancelling.follow(cancelling.get(uri))));
		assertThat(Browser.parameters(cancelled)).containsEntry("error", "access_denied")
			.containsEntry("state", SigninClient.STATE);

		var browser = new Browser();
		assertThat(Browser.parameters(throughSignOn(browser, browser.get(uri), "alice"))).containsKey("code");
		assertThat(browser.get(uri).statusCode()).isEqualTo(400);
	}

	@Test
	void authorizeWhenPromptNoneAndNobodySignedOnThenLoginRequired() {
		var callback = authorize(new Browser(), Map.of("prompt", "none"));
		assertThat(Browser.parameters(callback)).containsEntry("error", "login_required")
			.containsEntry("state", SigninClient.STATE);
	}

	@ParameterizedTest
	@CsvSource({ "prompt, login", "max_age, 0" })
	void authorizeWhenFreshSignOnIsAskedForThenSignOnAgain(String name, String value) {
		var browser = new Browser();
		signOn(browser, "alice", Map.of());
		assertThat(Browser.parameters(authorize(browser, Map.of()))).containsKey("code");
		var asked = Map.of(name, value);
		assertThat(Browser.location(authorize(browser, asked))).contains(Paths.SIGNON + "?flowId=");
		assertThat(Browser.parameters(signOn(browser, "bob", asked))).containsKey("code");
		assertThat(Browser.location(authorize(browser, asked))).contains(Paths.SIGNON + "?flowId=");
	}

	@ParameterizedTest
	@CsvSource({ "prompt, login", "max_age, 0" })
	void authorizeWhenFreshSignOnIsAskedForAndNobodySignedOnThenOneSignOn(String name, String value) {
		var asked = Map.of(name, value);
		assertThat(Browser.parameters(signOn(new Browser(), "alice", asked))).containsKey("code");
	}

	@Test
	void authorizeWhenPromptNoneAndTooOldThenLoginRequiredAndStillSignedOn() {
		var browser = new Browser();
		signOn(browser, "alice", Map.of());
		assertThat(Browser.parameters(authorize(browser, Map.of("prompt", "none")))).containsKey("code");
		assertThat(Browser.parameters(authorize(browser, Map.of("prompt", "none", "max_age", "0"))))
			.containsEntry("error", "login_required");
		assertThat(Browser.parameters(authorize(browser, Map.of()))).containsKey("code");
	}

	@Test
	void signOffWhenHintWasSupersededThenSignedOff() {
		var browser = new Browser();
		var tokens = Browser.json(codeGrant(signOn(browser, "alice", Map.of())));
		refresh(tokens);
		assertSignedOff(browser,
				Map.of("id_token_hint", text(tokens, "id_token"), "post_logout_redirect_uri", SIGNED_OUT));
	}

	@Test
	void signOffWhenSamePersonInTwoBrowsersThenEachHasItsOwnSession() throws Exception {
		var first = new Browser();
		var second = new Browser();
		var firstCallback = signOn(first, "alice", Map.of());
		var secondCallback = signOn(second, "alice", Map.of());
		var firstTokens = Browser.json(codeGrant(firstCallback));
		var secondTokens = Browser.json(codeGrant(secondCallback));
		assertThat(idToken(firstTokens).getClaim("sid")).isNotEqualTo(idToken(secondTokens).getClaim("sid"));
		assertThat(idToken(firstTokens).getSubject()).isEqualTo(idToken(secondTokens).getSubject());
		assertSignedOff(first,
				Map.of("id_token_hint", text(firstTokens, "id_token"), "post_logout_redirect_uri", SIGNED_OUT));
		assertThat(Browser.parameters(authorize(second, Map.of()))).containsKey("code");
	}

	@Test
	void signOffWhenApplicationTakesLogoutTokensThenItGetsOne() throws Exception {
		List<String> forms = new CopyOnWriteArrayList<>();
		HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		application.createContext("/", (exchange) -> {
			forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		application.start();
		var browser = new Browser();
		try {
			assertThat(discovered()).doesNotContainKey("backchannel_logout_supported");
			this.provider
				.sendLogoutTokensTo(URI.create("http://127.0.0.1:" + application.getAddress().getPort() + "/"));
			assertThat(discovered()).containsEntry("backchannel_logout_supported", true)
				.containsEntry("backchannel_logout_session_supported", true);
			var tokens = Browser.json(codeGrant(signOn(browser, "alice", Map.of())));
			Map<String, String> parameters = Map.of("id_token_hint", text(tokens, "id_token"),
					"post_logout_redirect_uri", SIGNED_OUT);
			assertSignedOff(browser, parameters);
			assertSignedOff(browser, parameters);
			assertThat(forms).hasSize(1).first().asString().startsWith("logout_token=");
			SignedJWT logoutToken = SignedJWT.parse(forms.get(0).replace("logout_token=", ""));
			assertThat(logoutToken.getHeader().getType()).hasToString("logout+jwt");
			JWTClaimsSet idToken = idToken(tokens);
			JWTClaimsSet claims = verified(logoutToken);
			assertThat(claims.getClaims()).containsOnlyKeys("iss", "aud", "iat", "exp", "jti", "sub", "sid", "events")
				.containsEntry("iss", this.provider.issuer())
				.containsEntry("aud", List.of(LocalProvider.CLIENT_ID))
				.containsEntry("sub", idToken.getSubject())
				.containsEntry("sid", idToken.getClaim("sid"))
				.containsEntry("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
		}
		finally {
			application.stop(0);
		}
		var tokens = Browser.json(codeGrant(signOn(browser, "alice", Map.of())));
		assertSignedOff(browser,
				Map.of("id_token_hint", text(tokens, "id_token"), "post_logout_redirect_uri", SIGNED_OUT));
		this.provider.sendLogoutTokensTo(null);
		assertThat(discovered()).doesNotContainKey("backchannel_logout_supported");
	}

	@Test
	void signOffWhenHintOfAnEarlierStartThenSignedOff() {
		// Another key signed it, and no authorization is known.
		var browser = new Browser();
		var tokens = Browser.json(codeGrant(signOn(browser, "alice", Map.of())));
		String hint = text(tokens, "id_token");
		assertSignedOff(browser, Map.of("id_token_hint", hint.substring(0, hint.lastIndexOf('.') + 1) + "AAAA",
				"post_logout_redirect_uri", SIGNED_OUT));
	}

	@Test
	void signOffWhenPostedWithoutHintThenSignedOff() {
		var browser = new Browser();
		signOn(browser, "alice", Map.of());
		var signedOff = browser.post(this.provider.issuer() + "/signoff",
				Map.of("post_logout_redirect_uri", SIGNED_OUT));
		assertThat(Browser.location(signedOff)).isEqualTo(SIGNED_OUT);
		assertThat(Browser.location(authorize(browser, Map.of()))).contains(Paths.SIGNON + "?flowId=");
	}

	@Test
	void signOffWhenNoRedirectUriThenPage() {
		var page = signOff(new Browser(), Map.of());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("You are signed off");
	}

	@Test
	void signOffWhenRedirectUriIsNotRegisteredThenPageAndStillSignedOn() {
		var browser = new Browser();
		signOn(browser, "alice", Map.of());
		var refused = signOff(browser, Map.of("post_logout_redirect_uri", "http://localhost:8080/elsewhere"));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(Browser.parameters(authorize(browser, Map.of()))).containsKey("code");
	}

	@Test
	void signOffWhenHintIsSomebodyElsesThenPage() {
		var alice = Browser.json(codeGrant(signOn(new Browser(), "alice", Map.of())));
		var browser = new Browser();
		signOn(browser, "bob", Map.of());
		for (String hint : List.of(text(alice, "id_token"), "garbage")) {
			assertThat(signOff(browser, Map.of("id_token_hint", hint)).statusCode()).isEqualTo(400);
		}
	}

	private void assertSignedOff(Browser browser, Map<String, String> parameters) {
		assertThat(Browser.location(signOff(browser, parameters))).isEqualTo(SIGNED_OUT);
		assertThat(Browser.location(authorize(browser, Map.of()))).contains(Paths.SIGNON + "?flowId=");
	}

	private HttpResponse<String> signOn(Browser browser, String username, Map<String, String> parameters) {
		return throughSignOn(browser, authorize(browser, parameters), username);
	}

	private static HttpResponse<String> throughSignOn(Browser browser, HttpResponse<String> toSignOn, String username) {
		var resumed = browser.signOn(browser.follow(toSignOn), username, username + "-password");
		return browser.follow(resumed);
	}

	private HttpResponse<String> authorize(Browser browser, Map<String, String> parameters) {
		return this.client.authorize(browser, parameters);
	}

	private HttpResponse<String> codeGrant(HttpResponse<String> callback) {
		return this.client.token(codeForm(callback));
	}

	private Map<String, String> codeForm(HttpResponse<String> callback) {
		assertThat(Browser.parameters(callback)).containsEntry("state", SigninClient.STATE);
		return this.client.codeGrant(Objects.requireNonNull(Browser.parameters(callback).get("code")));
	}

	private HttpResponse<String> refresh(Map<String, Object> tokens) {
		return this.client.call("/token",
				Map.of("grant_type", "refresh_token", "refresh_token", text(tokens, "refresh_token")));
	}

	private Map<String, Object> introspect(Map<String, Object> tokens) {
		return Browser.json(this.client.call("/introspect", Map.of("token", text(tokens, "access_token"))));
	}

	private HttpResponse<String> userInfo(Map<String, Object> tokens) {
		return new Browser().get(this.provider.issuer() + "/userinfo", "Authorization",
				"Bearer " + tokens.get("access_token"));
	}

	private Map<String, Object> discovered() {
		return Browser.json(new Browser().get(this.provider.issuer() + "/.well-known/openid-configuration"));
	}

	private static String text(Map<String, Object> json, String name) {
		return (String) Objects.requireNonNull(json.get(name));
	}

	private HttpResponse<String> signOff(Browser browser, Map<String, String> parameters) {
		return browser.get(this.provider.issuer() + "/signoff?" + Browser.encode(parameters));
	}

	private JWTClaimsSet idToken(Map<String, Object> tokens) throws Exception {
		return verified(SignedJWT.parse(text(tokens, "id_token")));
	}

	private JWTClaimsSet verified(SignedJWT jwt) throws Exception {
		assertThat(jwt.getHeader().getKeyID()).isEqualTo(this.provider.signingKey().getKeyID());
		assertThat(jwt.verify(new RSASSAVerifier(this.provider.signingKey().toPublicJWK()))).isTrue();
		return jwt.getJWTClaimsSet();
	}

}
