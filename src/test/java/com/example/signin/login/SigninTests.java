package com.example.signin.login;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way in, one step at a time.
 */
@SigninTest
@ExtendWith(OutputCaptureExtension.class)
class SigninTests {

	private static final String CALLBACK = "/login/oauth2/code/pingone";

	@LocalServerPort
	int port;

	@Test
	void protectedPageWhenNotSignedInThenStraightToTheProvider() {
		var redirect = Visitor.of(this.port).open("/profile");
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(Visitor.location(redirect)).startsWith(ProviderForTests.RELAY.issuer("localhost") + "/authorize?");
		var parameters = Form.ofQuery(Visitor.location(redirect));
		assertThat(parameters.parameters()).containsOnlyKeys("response_type", "client_id", "scope", "state",
				"redirect_uri", "nonce", "code_challenge", "code_challenge_method");
		assertThat(parameters.get("response_type")).isEqualTo("code");
		assertThat(parameters.get("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email");
		assertThat(parameters.get("redirect_uri")).isEqualTo("http://localhost:" + this.port + CALLBACK);
		assertThat(parameters.get("code_challenge_method")).isEqualTo("S256");
		assertThat(List.of(parameters.get("state"), parameters.get("nonce"), parameters.get("code_challenge")))
			.allSatisfy((random) -> assertThat(random).hasSize(43));
	}

	@Test
	void protectedPageWhenNotSignedInThenNoSession() {
		Visitor visitor = Visitor.of(this.port);
		visitor.open("/");
		visitor.open("/profile");
		visitor.open("/signed-out");
		visitor.open(CALLBACK + "?code=1&state=2");
		visitor.open("/no-such-page");
		assertThat(visitor.cookieNames()).isNotEmpty().allMatch((name) -> name.startsWith("signin-attempt-"));
	}

	@Test
	void protectedPageWhenSignedInThenTheOneFirstAskedFor() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/session?tab=1&sort=a%20b", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri().toString()).endsWith("/session?tab=1&sort=a%20b");
		assertThat(visitor.cookieNames()).containsExactlyInAnyOrder("signin-session", "ST");
	}

	@Test
	void signInWhenBegunWithNoPageInMindThenProfile() {
		assertThat(Visitor.of(this.port).signIn("/oauth2/authorization/pingone", "bob").uri().getPath())
			.isEqualTo("/profile");
	}

	@Test
	void signInThenSessionHasANewId() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		String first = sessionId(visitor);
		visitor.follow(visitor.open("/oauth2/authorization/pingone"));
		assertThat(sessionId(visitor)).isNotEqualTo(first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile", "/session", "/anything" })
	void protectedPathWhenNotAPersonGoingToAPageThenUnauthorizedAndNoAttempt(String path) {
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.fetch(path).statusCode()).isEqualTo(401);
		assertThat(visitor.fetch(path, "Accept", "application/json").statusCode()).isEqualTo(401);
		assertThat(visitor.fetch(path, "Accept", "*/*", "Sec-Fetch-Mode", "cors").statusCode()).isEqualTo(401);
		assertThat(visitor.fetch(path, "Accept", "image/*", "Sec-Fetch-Mode", "no-cors").statusCode()).isEqualTo(401);
		assertThat(visitor.cookieNames()).isEmpty();
	}

	@Test
	void faviconWhenNotThereThenNoSignIn() {
		assertThat(Visitor.of(this.port).open("/favicon.ico").statusCode()).isEqualTo(404);
		assertThat(Visitor.of(this.port).open("/favicon.svg").statusCode()).isEqualTo(200);
	}

	@Test
	void registrationWhenUnknownThenNotFound() {
		assertThat(Visitor.of(this.port).open("/oauth2/authorization/other").statusCode()).isEqualTo(404);
	}

	@Test
	void generatedLoginPageThenNotThere() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.open("/login").statusCode()).isEqualTo(404);
	}

	@Test
	void tabsWhenFinishedInAnyOrderThenEachLandsOnItsOwnPage() {
		Visitor visitor = Visitor.of(this.port);
		List<String> atProvider = IntStream.range(0, 5)
			.mapToObj((tab) -> Visitor.location(visitor.open("/session?tab=" + tab)))
			.toList();
		var signOn = visitor.follow(visitor.open(atProvider.get(3)));
		assertThat(visitor.follow(visitor.signOn(signOn, "alice")).uri().getQuery()).isEqualTo("tab=3");
		for (int tab : List.of(0, 4, 1, 2)) {
			var page = visitor.follow(visitor.open(atProvider.get(tab)));
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.uri().getQuery()).isEqualTo("tab=" + tab);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example", "/\\evil.example", "/%5Cevil.example", "/.//evil.example",
			"/%2F/evil.example", "/;//evil.example", "http://evil.example/" })
	void pageWantedWhenABrowserWouldTakeItForAnotherHostThenNoSignInForIt(String page) throws IOException {
		assertThat(rawGet(page)).startsWith("HTTP/1.1 400 ").doesNotContain("Set-Cookie", "Location");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/@evil.example", "/%09/evil.example", "/search?for=//evil.example",
			"/oauth2/authorization/pingone?page=//evil.example" })
	void pageWantedWhenItNamesAnotherHostThenSignInStaysHere(String page) {
		Visitor visitor = Visitor.of(this.port);
		var landing = visitor.open(visitor.signInUpToCallback(page, "alice"));
		assertThat(Visitor.location(landing))
			.isEqualTo("http://localhost:" + this.port + (page.startsWith("/oauth2/") ? "/profile" : page));
	}

	@Test
	void callbackWhenDeniedThenSaysSoAndOffersAWayOn() {
		Visitor visitor = Visitor.of(this.port);
		var signOn = visitor.follow(visitor.open("/session"));
		var parameters = Form.ofQuery(Visitor.location(visitor.open("/session")));
		assertThat(signOn.statusCode()).isEqualTo(200);
		var page = visitor.open(CALLBACK + "?error=access_denied&state=" + parameters.get("state"));
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("You are not signed in", "href=\"/session\"", "href=\"/\"");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "?code=1&state=2", "?state=2", "", "?error=access_denied", "?error=invalid_request&state=2",
					"?code=&state=", "?code=1&code=2&state=3&state=4", "?x=%3Cscript%3E", "?error=%0d%0aX&state=%00" })
	void callbackWhenNoAttemptMatchesThenStartAgain(String query) {
		var page = Visitor.of(this.port).open(CALLBACK + query);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Please start again", "href=\"/profile\"").doesNotContain("<script>");
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "image/png", "text/plain", "nonsense" })
	void callbackWhenItAcceptsNoPageThenTheFailurePageAllTheSame(String accept) {
		var page = Visitor.of(this.port).fetch(CALLBACK + "?code=1&state=2", "Accept", accept);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Please start again");
	}

	@Test
	void callbackWhenHundredKilobytesThenClientError() {
		assertThat(Visitor.of(this.port).open(CALLBACK + "?code=" + "x".repeat(100_000) + "&state=1").statusCode())
			.isBetween(400, 499);
	}

	@Test
	void callbackWhenReloadedThenStartAgainOrOnToThePage() {
		Visitor visitor = Visitor.of(this.port);
		String callback = visitor.signInUpToCallback("/profile", "alice");
		assertThat(visitor.open(callback).statusCode()).isEqualTo(302);
		var reloaded = visitor.open(callback);
		assertThat(Visitor.location(reloaded)).endsWith("/profile");
		assertThat(Visitor.of(this.port).open(callback).statusCode()).isEqualTo(400);
	}

	@Test
	void callbackWhenReplayedWithItsCookieThenTheCodeIsUsedUp() {
		Visitor visitor = Visitor.of(this.port);
		String callback = visitor.signInUpToCallback("/profile", "alice");
		List<HttpCookie> before = List.copyOf(visitor.cookies().getCookieStore().getCookies());
		visitor.open(callback);
		Visitor thief = Visitor.of(this.port);
		before.forEach((cookie) -> thief.cookies().getCookieStore().add(java.net.URI.create(callback), cookie));
		assertThat(thief.open(callback).statusCode()).isEqualTo(400);
		assertThat(thief.open("/profile").statusCode()).isEqualTo(302);
	}

	@Test
	void callbackWhenProviderNamesAnErrorThenRefusedAndOnOneLineInTheLog(CapturedOutput output) {
		Visitor visitor = Visitor.of(this.port);
		var parameters = Form.ofQuery(Visitor.location(visitor.open("/profile")));
		var page = visitor.open(CALLBACK + "?error=invalid_scope&error_description=one%0Atwo%1B%5B31m&state="
				+ parameters.get("state"));
		assertThat(page.statusCode()).isEqualTo(502);
		String reference = page.body().replaceAll("(?s).*Reference <code>([^<]+)<.*", "$1");
		assertThat(
				output.getOut().lines().filter((line) -> line.contains(reference) && line.contains("Sign-in failed")))
			.singleElement()
			.asString()
			.contains("WARN", "PROVIDER_REFUSED", "invalid_scope (one?two?[31m)");
	}

	@Test
	void signInWhenCookiesAreOffThenStartAgainAndNoLoop() {
		Visitor withCookies = Visitor.of(this.port);
		String callback = withCookies.signInUpToCallback("/profile", "alice");
		var page = Visitor.of(this.port).open(callback);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("allow cookies");
	}

	/**
	 * Asks for what no URI of Java's can hold.
	 */
	private String rawGet(String target) throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.getOutputStream()
				.write(("GET " + target + " HTTP/1.1\r\nHost: localhost:" + this.port
						+ "\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String sessionId(Visitor visitor) {
		return visitor.cookies()
			.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("signin-session"))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElseThrow();
	}

}
