package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.example.signin.support.Ticker;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.example.pingone.local.Administrator.REDIRECT_URI;
import static com.example.pingone.local.Administrator.object;
import static com.example.pingone.local.Administrator.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator has set up counts at the provider at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedSignOnTests {

	private static final String PASSWORD = "A-good.passw0rd";

	private final Ticker clock = new Ticker();

	private final LocalProvider provider = LocalProvider.start(0, this.clock);

	private final Administrator administrator = Administrator.of(this.provider);

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@Test
	void applicationWhenCreatedThenSignsInWhoWasImported() throws Exception {
		SigninClient client = signinClient(Map.of());
		importUser("frank", false);
		var tokens = client.tokens("frank", PASSWORD);
		assertThat(tokens).containsKey("refresh_token").containsEntry("scope", "openid profile email");
		JWTClaimsSet idToken = SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet();
		assertThat(idToken.getAudience()).containsExactly(client.id());
		assertThat(idToken.getClaims()).containsEntry("preferred_username", "frank")
			.containsEntry("name", "Frank Example")
			.containsEntry("email", "frank@example.com")
			.containsEntry("email_verified", true);
		assertThat(client.with(LocalProvider.CLIENT_SECRET).isAuthenticated()).isFalse();
	}

	@Test
	void userWhenImportedWithLittleThenSignsOnAndHasOnlyThoseClaims() throws Exception {
		this.administrator.importUser(Map.of("username", "grace", "password", Map.of("value", PASSWORD)));
		var tokens = signinClient(Map.of()).tokens("Grace", PASSWORD);
		assertThat(SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet().getClaims())
			.containsEntry("preferred_username", "grace")
			.containsEntry("email_verified", false)
			.doesNotContainKeys("name", "given_name", "family_name", "email");
	}

	@Test
	void userWhenCreatedWithoutPasswordThenCannotSignOn() {
		this.administrator.create("/users", Map.of("username", "heidi", "password", Map.of("value", PASSWORD)));
		assertCannotSignOn("heidi");
	}

	@Test
	void userWhenPasswordMustBeChangedThenCannotSignOnWithIt() {
		importUser("ivan", true);
		assertThat(SigninClient.of(this.provider).signOn(new Browser(), "ivan", PASSWORD).body())
			.contains("Please change your password");
	}

	@Test
	void userWhenDisabledThenCannotSignOn() {
		this.administrator
			.importUser(Map.of("username", "judy", "enabled", false, "password", Map.of("value", PASSWORD)));
		assertCannotSignOn("judy");
	}

	@Test
	void redirectUriWhenReplacedThenOldOneIsRefused() {
		SigninClient client = signinClient(Map.of());
		assertThat(client.authorize(new Browser(), Map.of()).statusCode()).isEqualTo(302);
		replace(client, Map.of("redirectUris", List.of("https://elsewhere.example.com/callback")));
		assertThat(client.authorize(new Browser(), Map.of()).statusCode()).isEqualTo(400);
		assertThat(client.authorize(new Browser(), Map.of("redirect_uri", "https://elsewhere.example.com/callback"))
			.statusCode()).isEqualTo(302);
	}

	@Test
	void applicationWhenDisabledThenRefusedAtAuthorizeAndToken() {
		SigninClient client = signinClient(Map.of());
		assertThat(client.isAuthenticated()).isTrue();
		replace(client, Map.of("enabled", false));
		assertThat(client.authorize(new Browser(), Map.of()).statusCode()).isEqualTo(400);
		assertThat(client.isAuthenticated()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "OPTIONAL, '', true", "S256_REQUIRED, '', false", "S256_REQUIRED, plain, false",
			"S256_REQUIRED, S256, true" })
	void pkceWhenEnforcedThenRequestWithoutS256IsRefused(String enforcement, String method, boolean accepted) {
		SigninClient client = signinClient(Map.of("pkceEnforcement", enforcement));
		var response = client.authorize(new Browser(), method.isEmpty()
				? Map.of("code_challenge", "", "code_challenge_method", "") : Map.of("code_challenge_method", method));
		if (accepted) {
			assertThat(Browser.location(response)).contains(Paths.SIGNON + "?flowId=");
		}
		else {
			assertThat(Browser.location(response)).startsWith(REDIRECT_URI + "?");
			assertThat(Browser.parameters(response)).containsEntry("error", "invalid_request");
		}
	}

	@Test
	void refreshTokenWhenReplacedThenGoodForTheGracePeriodAlone() {
		SigninClient client = signinClient(Map.of("refreshTokenRollingGracePeriodDuration", 60));
		String refreshToken = text(client.tokens("alice", "alice-password"), "refresh_token");
		Map<String, String> refresh = Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
		assertThat(Browser.json(client.token(refresh))).containsKey("access_token");
		this.clock.advance(Duration.ofSeconds(59));
		Map<String, Object> again = Browser.json(client.token(refresh));
		assertThat(again).containsKey("access_token");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(Browser.json(client.token(refresh))).containsEntry("error", "invalid_grant");
		assertThat(Browser
			.json(client.token(Map.of("grant_type", "refresh_token", "refresh_token", text(again, "refresh_token")))))
			.containsEntry("error", "invalid_grant");
	}

	@Test
	void grantTypeWhenNotEnabledThenNoRefreshToken() {
		SigninClient client = signinClient(Map.of("grantTypes", List.of("AUTHORIZATION_CODE")));
		assertThat(client.tokens("alice", "alice-password")).containsKey("id_token").doesNotContainKey("refresh_token");
		assertThat(Browser.json(client.token(Map.of("grant_type", "client_credentials")))).containsEntry("error",
				"unauthorized_client");
	}

	@Test
	void scopeWhenNotGrantedThenInvalidScopeUntilItIs() {
		String id = text(this.administrator.create("/applications", Administrator.application()), "id");
		var client = new SigninClient(this.provider, id, this.administrator.secret(id), REDIRECT_URI);
		assertThat(Browser.location(client.authorize(new Browser(), Map.of("scope", "openid"))))
			.contains(Paths.SIGNON + "?flowId=");
		assertThat(Browser.parameters(client.authorize(new Browser(), Map.of("scope", "openid email"))))
			.containsEntry("error", "invalid_scope");
		var grant = this.administrator.grant(id, "email");
		assertThat(Browser.location(client.authorize(new Browser(), Map.of("scope", "openid email"))))
			.contains(Paths.SIGNON + "?flowId=");
		this.administrator.put("/applications/" + id + "/grants/" + grant.get("id"),
				this.administrator.grantOf("profile"));
		assertThat(Browser.parameters(client.authorize(new Browser(), Map.of("scope", "openid email"))))
			.containsEntry("error", "invalid_scope");
	}

	@Test
	void postLogoutRedirectUriWhenRegisteredThenSignOffGoesThere() {
		SigninClient client = signinClient(
				Map.of("postLogoutRedirectUris", List.of("https://app.example.com/goodbye")));
		Map<String, String> request = new HashMap<>(
				Map.of("post_logout_redirect_uri", "https://app.example.com/goodbye"));
		request.put("id_token_hint", text(client.tokens("alice", "alice-password"), "id_token"));
		assertThat(Browser.location(signOff(request))).isEqualTo("https://app.example.com/goodbye");
		// A hint says which application's they are.
		request.put("id_token_hint",
				text(SigninClient.of(this.provider).tokens("alice", "alice-password"), "id_token"));
		assertThat(signOff(request).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "CLIENT_SECRET_BASIC, basic", "CLIENT_SECRET_POST, post", "CLIENT_SECRET_JWT, assertion",
			"PRIVATE_KEY_JWT, none", "NONE, none" })
	void tokenEndpointWhenMethodIsSetThenTakesThatAlone(String method, String accepted) {
		SigninClient client = signinClient(Map.of("tokenEndpointAuthMethod", method));
		Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", "unknown");
		Map<String, String> posted = new HashMap<>(form);
		posted.putAll(Map.of("client_id", client.id(), "client_secret", client.secret()));
		Map<String, String> named = new HashMap<>(form);
		named.put("client_id", client.id());
		String basic = Administrator.basic(client.id(), client.secret());

		assertThat(isAuthenticated(form, "Authorization", basic)).isEqualTo(accepted.equals("basic"));
		assertThat(isAuthenticated(posted)).isEqualTo(accepted.equals("post"));
		assertThat(client.isAuthenticated()).isEqualTo(accepted.equals("assertion"));
		assertThat(isAuthenticated(posted, "Authorization", basic)).isFalse();
		assertThat(isAuthenticated(named)).isFalse();
	}

	@Test
	void secretWhenRotatedThenOldOneDiesAtOnce() {
		SigninClient client = signinClient(Map.of());
		var rotated = this.administrator.call("POST", secretOf(client), "application/json", null);
		assertThat(rotated.statusCode()).isEqualTo(200);
		assertThat(Browser.json(rotated)).doesNotContainKey("previous");
		assertThat(client.isAuthenticated()).isFalse();
		assertThat(client.with(text(Browser.json(rotated), "secret")).isAuthenticated()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLIENT_SECRET_JWT", "CLIENT_SECRET_BASIC" })
	void secretWhenRotatedWithAnOverlapThenBothAreGoodUntilItsEnd(String method) {
		SigninClient client = signinClient(Map.of("tokenEndpointAuthMethod", method));
		String end = this.clock.instant().plus(Duration.ofHours(1)).toString();
		var rotated = Browser
			.json(this.administrator.post(secretOf(client), Map.of("previous", Map.of("expiresAt", end))));
		SigninClient renewed = client.with(text(rotated, "secret"));
		assertThat(renewed.secret()).isNotEqualTo(client.secret());

		this.clock.advance(Duration.ofMinutes(59));
		assertThat(object(Browser.json(this.administrator.get(secretOf(client))), "previous"))
			.containsEntry("secret", client.secret())
			.containsEntry("expiresAt", end);
		assertThat(isAuthenticated(client, method)).isTrue();
		assertThat(isAuthenticated(renewed, method)).isTrue();

		this.clock.advance(Duration.ofMinutes(1));
		assertThat(Browser.json(this.administrator.get(secretOf(client)))).doesNotContainKey("previous");
		assertThat(isAuthenticated(client, method)).isFalse();
		assertThat(isAuthenticated(renewed, method)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PT59S, OUT_OF_RANGE", "P30DT1S, OUT_OF_RANGE", "-P1D, OUT_OF_RANGE" })
	void secretWhenOverlapIsOutOfRangeThenInvalidDataAndNotRotated(Duration ahead, String code) {
		SigninClient client = signinClient(Map.of());
		String end = this.clock.instant().plus(ahead).toString();
		ManagementTests.assertInvalid(
				this.administrator.post(secretOf(client), Map.of("previous", Map.of("expiresAt", end))), code,
				"previous.expiresAt");
		ManagementTests.assertInvalid(
				this.administrator.post(secretOf(client), Map.of("previous", Map.of("expiresAt", "tomorrow"))),
				"INVALID_VALUE", "previous.expiresAt");
		assertThat(client.isAuthenticated()).isTrue();
	}

	private SigninClient signinClient(Map<String, Object> changes) {
		String id = this.administrator.createSigninApplication(changes);
		return new SigninClient(this.provider, id, this.administrator.secret(id), REDIRECT_URI);
	}

	private void replace(SigninClient client, Map<String, Object> changes) {
		Map<String, Object> body = Administrator.application();
		body.putAll(changes);
		assertThat(this.administrator.put("/applications/" + client.id(), body).statusCode()).isEqualTo(200);
	}

	private void importUser(String username, boolean forceChange) {
		var response = this.administrator.importUser(Map.of("username", username, "email", username + "@example.com",
				"emailVerified", true, "name", Map.of("given", "Frank", "family", "Example"), "password",
				Map.of("value", PASSWORD, "forceChange", forceChange)));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		assertThat(response.body()).doesNotContain(PASSWORD, "password");
	}

	private void assertCannotSignOn(String username) {
		assertThat(SigninClient.of(this.provider).signOn(new Browser(), username, PASSWORD).body())
			.contains("Please try again");
	}

	private static String secretOf(SigninClient client) {
		return "/applications/" + client.id() + "/secret";
	}

	private boolean isAuthenticated(SigninClient client, String method) {
		return method.equals("CLIENT_SECRET_JWT") ? client.isAuthenticated()
				: isAuthenticated(Map.of("grant_type", "refresh_token", "refresh_token", "unknown"), "Authorization",
						Administrator.basic(client.id(), client.secret()));
	}

	private boolean isAuthenticated(Map<String, String> form, String... headers) {
		return new Browser().post(this.provider.issuer() + "/token", form, headers).body().contains("invalid_grant");
	}

	private HttpResponse<String> signOff(Map<String, String> request) {
		return new Browser().get(this.provider.issuer() + "/signoff?" + Browser.encode(request));
	}

}
