package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.example.signin.support.Ticker;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PingOne's flow API, as a program without a browser goes through it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowTests {

	private static final String CHECK = "application/vnd.pingidentity.usernamePassword.check+json";

	private static final String APPLICATION = "The application beside the local provider";

	private final Ticker clock = new Ticker();

	private final LocalProvider provider = LocalProvider.start(0, this.clock);

	private final SigninClient client = SigninClient.of(this.provider);

	private final String environment = this.provider.issuer().replace(Paths.ISSUER, Paths.ENVIRONMENT);

	private final Browser browser = new Browser();

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void authorizeWhenPiFlowThenFlowAndCookie(String method) {
		var piFlow = Map.of("response_mode", "pi.flow");
		var response = method.equals("GET") ? this.client.authorize(this.browser, piFlow)
				: this.browser.post(this.provider.issuer() + "/authorize", this.client.request(piFlow));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		Map<String, Object> flow = Browser.json(response);
		String self = this.environment + "/flows/" + flow.get("id");
		assertThat(flow).containsOnlyKeys("_links", "_embedded", "id", "environment", "resumeUrl", "status",
				"createdAt", "expiresAt");
		assertThat(flow).containsEntry("status", "USERNAME_PASSWORD_REQUIRED")
			.containsEntry("environment", Map.of("id", Paths.ENVIRONMENT_ID))
			.containsEntry("resumeUrl", this.provider.issuer() + "/resume?flowId=" + flow.get("id"))
			.containsEntry("_embedded", Map.of("application", Map.of("name", APPLICATION)))
			.containsEntry("_links",
					Map.of("self", Map.of("href", self), "usernamePassword.check", Map.of("href", self), "signOnPage",
							Map.of("href", this.environment + "/signon/?flowId=" + flow.get("id"))));
		assertThat(Duration.between(instant(flow, "createdAt"), instant(flow, "expiresAt")))
			.isEqualTo(Duration.ofMinutes(15));
		assertThat(cookie(authorize(new Browser(), Map.of())))
			.matches("ST=\\w+; Path=/" + Paths.ENVIRONMENT_ID + "; HttpOnly");
		assertThat(Browser.json(this.browser.get(self))).isEqualTo(flow);
	}

	@Test
	void credentialsWhenRightThenCompletedAndResumedWithCodeForTokens() throws Exception {
		var browser = new Browser();
		var begun = authorize(browser, Map.of("nonce", "n-1"));
		var checked = check(browser, begun, "bob", "bob-password");
		assertThat(checked.statusCode()).isEqualTo(200);
		assertThat(cookie(checked)).startsWith("ST=").isNotEqualTo(cookie(begun));
		Map<String, Object> flow = Browser.json(checked);
		assertThat(flow).containsEntry("status", "COMPLETED")
			.containsEntry("id", Browser.json(begun).get("id"))
			.containsEntry("resumeUrl", Browser.json(begun).get("resumeUrl"));
		assertThat(flow.get("session")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("id");
		assertThat(flow.get("_links")).asInstanceOf(InstanceOfAssertFactories.MAP).containsOnlyKeys("self");
		assertThat(flow.get("_embedded")).isEqualTo(Map.of("application", Map.of("name", APPLICATION), "user",
				Map.of("id", "b0b00000-9d2f-4c1b-a6e8-1f7c3a5d8e92", "username", "bob", "name",
						Map.of("given", "Bob", "family", "Example"))));

		var resumed = resume(browser, checked);
		assertThat(resumed.statusCode()).isEqualTo(200);
		assertThat(Browser.json(resumed)).containsEntry("status", "COMPLETED").containsEntry("id", flow.get("id"));
		assertThat(authorizeResponse(resumed)).containsOnlyKeys("code", "state")
			.containsEntry("state", SigninClient.STATE);
		var tokens = Browser
			.json(this.client.token(this.client.codeGrant(String.valueOf(authorizeResponse(resumed).get("code")))));
		var idToken = SignedJWT.parse(String.valueOf(tokens.get("id_token"))).getJWTClaimsSet();
		assertThat(idToken.getClaims()).containsEntry("sub", "b0b00000-9d2f-4c1b-a6e8-1f7c3a5d8e92")
			.containsEntry("nonce", "n-1")
			.containsKeys("sid", "auth_time");
		assertRefused(resume(browser, checked), 404, "NOT_FOUND");
	}

	@Test
	void resumeWhenNeitherStateNorRedirectUriWasSentThenCodeAlone() {
		var browser = new Browser();
		var begun = authorize(browser, Map.of("state", "", "redirect_uri", ""));
		var resumed = resume(browser, check(browser, begun, "alice", "alice-password"));
		assertThat(authorizeResponse(resumed)).containsOnlyKeys("code");
		var form = this.client.codeGrant(String.valueOf(authorizeResponse(resumed).get("code")));
		form.remove("redirect_uri");
		assertThat(Browser.json(this.client.token(form))).containsKey("id_token");
	}

	@Test
	void resumeWhenRedirectModeThenRedirectWithCode() {
		var browser = new Browser();
		var toSignOn = this.client.authorize(browser, Map.of());
		String id = Objects.requireNonNull(Browser.parameters(toSignOn).get("flowId"));
		assertThat(Browser.location(toSignOn)).isEqualTo(this.environment + "/signon/?flowId=" + id);
		var flow = browser.get(this.environment + "/flows/" + id);
		assertThat(Browser.json(flow)).containsEntry("status", "USERNAME_PASSWORD_REQUIRED");
		var callback = resume(browser, check(browser, flow, "alice", "alice-password"));
		assertThat(callback.statusCode()).isEqualTo(302);
		assertThat(Browser.location(callback)).startsWith(this.client.redirectUri() + "?code=");
		assertThat(Browser.parameters(callback)).containsOnlyKeys("code", "state")
			.containsEntry("state", SigninClient.STATE);
	}

	@Test
	void resumeWhenFlowIsUnfinishedThenErrorAndNoCode() {
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		assertRefused(resume(browser, begun), 400, "INVALID_REQUEST");
		assertThat(check(browser, begun, "alice", "alice-password").statusCode()).isEqualTo(200);
	}

	@Test
	void resumeWhenBrowserAndUnfinishedOrUnknownThenPage() {
		var browser = new Browser();
		String resumeUrl = text(authorize(browser, Map.of()), "resumeUrl");
		for (String url : List.of(resumeUrl, this.provider.issuer() + "/resume")) {
			var page = browser.get(url);
			assertThat(page.statusCode()).isEqualTo(400);
			assertThat(page.body()).contains("Please start again at the application");
		}
	}

	@Test
	void resumeWhenCookieIsMissingOrOfAnotherBrowserThenErrorAndNoCode() {
		var browser = new Browser();
		var checked = check(browser, authorize(browser, Map.of()), "alice", "alice-password");
		assertRefused(resume(new Browser(), checked), 404, "NOT_FOUND");
		var other = new Browser();
		check(other, authorize(other, Map.of()), "alice", "alice-password");
		assertRefused(resume(other, checked), 404, "NOT_FOUND");
		assertThat(authorizeResponse(resume(browser, checked))).containsKey("code");
	}

	@Test
	void resumeWhenSomebodyElseHasSignedOnMeanwhileThenErrorAndNoCode() {
		var browser = new Browser();
		var first = authorize(browser, Map.of());
		var second = authorize(browser, Map.of());
		var alice = check(browser, first, "alice", "alice-password");
		var bob = check(browser, second, "bob", "bob-password");
		assertRefused(resume(browser, alice), 404, "NOT_FOUND");
		assertThat(authorizeResponse(resume(browser, bob))).containsKey("code");
	}

	@Test
	void resumeWhenSignedOffMeanwhileThenErrorAndNoCode() {
		var browser = new Browser();
		var checked = check(browser, authorize(browser, Map.of()), "alice", "alice-password");
		browser.get(this.provider.issuer() + "/signoff");
		assertRefused(resume(browser, checked), 404, "NOT_FOUND");
	}

	@Test
	void flowWhenUnknownOrOfAnotherBrowserThenNotFound() {
		var begun = authorize(new Browser(), Map.of());
		for (var stranger : List.of(new Browser(), this.browser)) {
			assertRefused(stranger.get(self(begun)), 404, "NOT_FOUND");
			assertRefused(check(stranger, begun, "alice", "alice-password"), 404, "NOT_FOUND");
			authorize(stranger, Map.of());
			assertRefused(stranger.get(self(begun)), 404, "NOT_FOUND");
			assertRefused(check(stranger, begun, "alice", "alice-password"), 404, "NOT_FOUND");
		}
		assertRefused(this.browser.get(this.environment + "/flows/unknown"), 404, "NOT_FOUND");
	}

	@Test
	void flowWhenFifteenMinutesHavePassedThenNotFound() {
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		var page = browser.follow(this.client.authorize(browser, Map.of()));
		var checked = check(browser, authorize(browser, Map.of()), "alice", "alice-password");
		this.clock.advance(Duration.ofMinutes(15).minusMillis(1));
		assertThat(browser.get(self(begun)).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofMillis(1));
		assertRefused(browser.get(self(begun)), 404, "NOT_FOUND");
		assertRefused(check(browser, begun, "alice", "alice-password"), 404, "NOT_FOUND");
		assertRefused(resume(browser, checked), 404, "NOT_FOUND");
		for (var expired : List.of(browser.get(page.uri().toString()), browser.signOn(page, "alice", "alice-password"),
				browser.cancel(page))) {
			assertThat(expired.statusCode()).isEqualTo(400);
			assertThat(expired.body()).contains("It has expired", "Please start again at the application");
		}
	}

	@Test
	void flowWhenManyOthersAreBegunThenEldestIsForgotten() {
		var browser = new Browser();
		var eldest = authorize(browser, Map.of());
		for (int others = 0; others < 19; others++) {
			authorize(browser, Map.of());
		}
		assertThat(browser.get(self(eldest)).statusCode()).isEqualTo(200);
		authorize(browser, Map.of());
		assertRefused(browser.get(self(eldest)), 404, "NOT_FOUND");
	}

	@ParameterizedTest
	@CsvSource({ "alice, wrong", "nobody, alice-password" })
	void credentialsWhenWrongThenSameErrorWhoeverItIs(String username, String password) {
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		var refused = check(browser, begun, username, password);
		assertRefused(refused, 400, "INVALID_DATA");
		assertThat(detail(refused)).isEqualTo(
				Map.of("code", "INVALID_CREDENTIALS", "message", "Incorrect user name or password. Please try again."));
		assertThat(check(browser, begun, "alice", "alice-password").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bob", "nobody-else" })
	void credentialsWhenWrongFiveTimesThenLockedForFifteenMinutesInAllBrowsers(String username) {
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		for (int attempt = 1; attempt <= 5; attempt++) {
			assertThat(detail(check(browser, begun, username, "wrong"))).containsEntry("code", "INVALID_CREDENTIALS");
		}
		this.clock.advance(Duration.ofSeconds(100));
		for (var any : List.of(browser, new Browser())) {
			var locked = check(any, authorize(any, Map.of()), username.toUpperCase(Locale.ROOT),
					username + "-password");
			assertRefused(locked, 400, "INVALID_DATA");
			assertThat(detail(locked)).containsEntry("code", "PASSWORD_LOCKED_OUT")
				.containsEntry("innerError", Map.of("secondsUntilUnlock", 800L));
		}
		var page = browser.follow(this.client.authorize(browser, Map.of()));
		assertThat(browser.signOn(page, username, username + "-password").body())
			.contains("Too many unsuccessful sign-on attempts");
		this.clock.advance(Duration.ofSeconds(800));
		int expected = username.equals("bob") ? 200 : 400;
		var unlocked = check(browser, authorize(browser, Map.of()), username, username + "-password");
		assertThat(unlocked.statusCode()).isEqualTo(expected);
		assertThat(unlocked.body()).doesNotContain("PASSWORD_LOCKED_OUT");
	}

	@Test
	void credentialsWhenRightInBetweenThenFailuresAreForgotten() {
		for (int round = 1; round <= 2; round++) {
			var browser = new Browser();
			var begun = authorize(browser, Map.of());
			for (int attempt = 1; attempt <= 4; attempt++) {
				check(browser, begun, "alice", "wrong");
			}
			assertThat(check(browser, begun, "alice", "alice-password").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', bob-password, username", "bob, '', password", ", bob-password, username", "bob, , password" })
	void credentialsWhenOneIsMissingThenErrorNamesIt(@Nullable String username, @Nullable String password,
			String missing) {
		var browser = new Browser();
		var refused = check(browser, authorize(browser, Map.of()), username, password);
		assertRefused(refused, 400, "INVALID_DATA");
		assertThat(detail(refused)).containsEntry("code", "REQUIRED_VALUE").containsEntry("target", missing);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void credentialsWhenPasswordMustBeChangedThenStatusSaysSoAndNoCode(boolean api) {
		String username = "changes-password-" + api;
		String password = "A-good.passw0rd";
		Administrator.of(this.provider)
			.importUser(Map.of("username", username, "password", Map.of("value", password, "forceChange", true)));
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		if (api) {
			var checked = check(browser, begun, username, password);
			assertThat(checked.statusCode()).isEqualTo(200);
			assertThat(Browser.json(checked)).containsEntry("status", "MUST_CHANGE_PASSWORD")
				.doesNotContainKey("session");
		}
		else {
			var page = browser.get(this.environment + "/signon/?flowId=" + Browser.json(begun).get("id"));
			var refused = browser.signOn(page, username, password);
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.body()).contains("Please change your password");
			assertThat(Browser.json(browser.get(self(begun)))).containsEntry("status", "MUST_CHANGE_PASSWORD");
		}
		assertRefused(resume(browser, begun), 400, "INVALID_REQUEST");
		assertThat(detail(check(browser, begun, username, "wrong"))).containsEntry("code", "INVALID_CREDENTIALS");
	}

	@Test
	void credentialsWhenAccountIsDisabledOrHasNoPasswordThenSameErrorAsWhenWrong() {
		var administrator = Administrator.of(this.provider);
		String password = "A-good.passw0rd";
		administrator
			.importUser(Map.of("username", "disabled", "enabled", false, "password", Map.of("value", password)));
		administrator.create("/users", Map.of("username", "without-password"));
		var browser = new Browser();
		for (String username : List.of("disabled", "without-password")) {
			assertThat(detail(check(browser, authorize(browser, Map.of()), username, password))).containsEntry("code",
					"INVALID_CREDENTIALS");
		}
	}

	@Test
	void credentialsWhenPersonHasNoNameThenUserHasNone() {
		Administrator.of(this.provider)
			.importUser(Map.of("username", "nameless", "password", Map.of("value", "A-good.passw0rd")));
		var browser = new Browser();
		var flow = Browser.json(check(browser, authorize(browser, Map.of()), "nameless", "A-good.passw0rd"));
		assertThat(object(object(flow.get("_embedded")).get("user"))).containsOnlyKeys("id", "username");
	}

	@Test
	void credentialsWhenFlowIsCompletedThenInvalidRequest() {
		var browser = new Browser();
		var begun = authorize(browser, Map.of());
		check(browser, begun, "alice", "alice-password");
		assertRefused(check(browser, begun, "bob", "bob-password"), 400, "INVALID_REQUEST");
	}

	@Test
	void credentialsWhenBodyIsNotJsonThenInvalidRequest() {
		var begun = authorize(this.browser, Map.of());
		assertRefused(this.browser.post(self(begun), CHECK, "username=bob"), 400, "INVALID_REQUEST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/vnd.pingidentity.otp.check+json",
			"application/x-www-form-urlencoded" })
	void actionWhenContentTypeIsUnknownThenUnsupported(String contentType) {
		var begun = authorize(this.browser, Map.of());
		String body = JSONObjectUtils.toJSONString(Map.of("username", "bob", "password", "bob-password"));
		assertRefused(this.browser.post(self(begun), contentType, body), 415, "INVALID_REQUEST");
		assertThat(Browser.json(this.browser.get(self(begun)))).containsEntry("status", "USERNAME_PASSWORD_REQUIRED");
	}

	@ParameterizedTest
	@CsvSource({ "client_id, unknown, invalid_request", "redirect_uri, http://localhost:8080/other, invalid_request",
			"scope, openid other, invalid_scope", "response_type, token, unsupported_response_type",
			"code_challenge_method, plain, invalid_request", "prompt, none, login_required" })
	void authorizeWhenPiFlowIsRefusedThenJson(String parameter, String value, String error) {
		var refused = authorize(new Browser(), Map.of(parameter, value));
		assertThat(refused.statusCode()).isEqualTo(400);
		String correlationId = refused.headers().firstValue("Correlation-Id").orElseThrow();
		assertThat(Browser.json(refused)).containsOnlyKeys("error", "error_description")
			.containsEntry("error", error)
			.extractingByKey("error_description", InstanceOfAssertFactories.STRING)
			.endsWith("(Correlation ID: " + correlationId + ")");
	}

	@Test
	void authorizeWhenPiFlowAndSignedOnThenCodeAtOnceUnlessFreshSignOnIsAskedFor() {
		var browser = new Browser();
		check(browser, authorize(browser, Map.of()), "alice", "alice-password");
		var completed = authorize(browser, Map.of());
		assertThat(Browser.json(completed)).containsEntry("status", "COMPLETED");
		assertThat(authorizeResponse(completed)).containsKeys("code", "state");
		assertThat(Browser.json(authorize(browser, Map.of("prompt", "login")))).containsEntry("status",
				"USERNAME_PASSWORD_REQUIRED");
	}

	@Test
	void credentialsWhenPrintedThenHoldNoPassword() {
		assertThat(new FlowController.Credentials("alice", "alice-password")).hasToString("Credentials[alice]");
	}

	private HttpResponse<String> authorize(Browser browser, Map<String, String> parameters) {
		var request = new HashMap<>(Map.of("response_mode", "pi.flow"));
		request.putAll(parameters);
		return this.client.authorize(browser, request);
	}

	private static HttpResponse<String> check(Browser browser, HttpResponse<String> flow, @Nullable String username,
			@Nullable String password) {
		var credentials = new HashMap<String, Object>();
		credentials.put("username", username);
		credentials.put("password", password);
		return browser.post(self(flow), CHECK, JSONObjectUtils.toJSONString(credentials));
	}

	private static HttpResponse<String> resume(Browser browser, HttpResponse<String> flow) {
		return browser.get(text(flow, "resumeUrl"), "Accept", "*/*");
	}

	private static void assertRefused(HttpResponse<String> response, int status, String code) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(Browser.json(response)).containsOnlyKeys("id", "code", "message", "details")
			.containsEntry("code", code)
			.containsEntry("id", response.headers().firstValue("Correlation-Id").orElseThrow());
	}

	private static Map<String, Object> detail(HttpResponse<String> refused) {
		var details = (List<?>) Objects.requireNonNull(Browser.json(refused).get("details"));
		assertThat(details).hasSize(1);
		return object(details.get(0));
	}

	private static Map<String, Object> authorizeResponse(HttpResponse<String> flow) {
		return object(Browser.json(flow).get("authorizeResponse"));
	}

	private static String self(HttpResponse<String> flow) {
		return String.valueOf(object(object(Browser.json(flow).get("_links")).get("self")).get("href"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(@Nullable Object json) {
		return (Map<String, Object>) Objects.requireNonNull(json);
	}

	private static String text(HttpResponse<String> flow, String name) {
		return (String) Objects.requireNonNull(Browser.json(flow).get(name));
	}

	private static Instant instant(Map<String, Object> flow, String name) {
		return Instant.parse(String.valueOf(flow.get(name)));
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers().firstValue("Set-Cookie").orElseThrow();
	}

}
