package com.example.signin.login;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.example.signin.client.ClientSecrets;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class SigninAttemptCookiesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private static final String STATE = "s".repeat(43);

	private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final SigninAttempt ATTEMPT = attempt("/profile", NOW);

	private final SigninAttemptCookies cookies = cookies("the-secret-of-this-application-0123456789", NOW);

	@Test
	void findWhenAddedThenTheSameAttempt() {
		assertThat(this.cookies.find(STATE, browserWith(add(STATE, ATTEMPT)))).isEqualTo(ATTEMPT);
	}

	@Test
	void addWhenHttpsThenBoundToHostAndHttps() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSecure(true);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.cookies.add(STATE, ATTEMPT, request, response);
		assertThat(response.getHeader("Set-Cookie")).startsWith("__Host-signin-attempt-" + STATE + "=")
			.contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600")
			.doesNotContain("Domain");
	}

	@Test
	void addThenNothingOfTheAttemptCanBeRead() {
		Cookie cookie = add(STATE, ATTEMPT);
		assertThat(cookie.getValue()).doesNotContain(ATTEMPT.nonce(), ATTEMPT.codeVerifier());
		assertThat(Base64.getUrlDecoder().decode(cookie.getValue())).asString(StandardCharsets.ISO_8859_1)
			.doesNotContain(ATTEMPT.nonce(), ATTEMPT.codeVerifier(), ATTEMPT.landingPage());
		assertThat(add(STATE, ATTEMPT).getValue()).isNotEqualTo(cookie.getValue());
	}

	@Test
	void findWhenOneCharacterIsChangedThenNone() {
		Cookie cookie = add(STATE, ATTEMPT);
		String value = cookie.getValue();
		for (int position = 0; position < value.length() - 1; position += 7) {
			char changed = withHighestBitChanged(value.charAt(position));
			cookie.setValue(value.substring(0, position) + changed + value.substring(position + 1));
			assertThat(this.cookies.find(STATE, browserWith(cookie))).as("character %d", position).isNull();
		}
	}

	@Test
	void findWhenCookieIsMovedToAnotherStateThenNone() {
		Cookie moved = new Cookie("signin-attempt-" + "t".repeat(43), add(STATE, ATTEMPT).getValue());
		assertThat(this.cookies.find("t".repeat(43), browserWith(moved))).isNull();
	}

	@Test
	void findWhenMadeWithAnotherSecretThenNone() {
		SigninAttemptCookies others = cookies("the-secret-of-another-application-0123456789", NOW);
		assertThat(others.find(STATE, browserWith(add(STATE, ATTEMPT)))).isNull();
	}

	@Test
	void findWhenTooOldThenNone() {
		MockHttpServletRequest browser = browserWith(add(STATE, ATTEMPT));
		Instant later = NOW.plus(SigninAttemptCipher.LIFETIME);
		String secret = "the-secret-of-this-application-0123456789";
		assertThat(cookies(secret, later.minusSeconds(1)).find(STATE, browser)).isNotNull();
		assertThat(cookies(secret, later).find(STATE, browser)).isNull();
	}

	@Test
	void findWhenGarbageThenNone() {
		for (String garbage : List.of("", "x", "a.b.c.d.e", "....", "eyJhbGciOiJub25lIn0.e30.", "A".repeat(2),
				"A".repeat(15), "A".repeat(16), "A".repeat(38), "A".repeat(43), "A".repeat(44), "A".repeat(800), "ÿ")) {
			assertThat(this.cookies.find(STATE, browserWith(new Cookie("signin-attempt-" + STATE, garbage)))).isNull();
		}
	}

	@Test
	void addWhenTheSixthThenTheOldestMakesRoom() {
		Cookie[] held = IntStream.range(0, 5)
			.mapToObj((i) -> add(state(i), attempt("/profile", NOW.minus(Duration.ofMinutes((i * 2L) % 5)))))
			.toArray(Cookie[]::new);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.cookies.add(STATE, ATTEMPT, browserWith(held), response);
		assertThat(expired(response)).containsExactly("signin-attempt-" + state(2));
	}

	@Test
	void addWhenCookiesGrowOverFourKilobytesThenTheOldestMakeRoom() {
		Cookie[] held = IntStream.range(0, 3)
			.mapToObj((i) -> add(state(i), attempt("/" + "x".repeat(1000), NOW.minus(Duration.ofMinutes(i)))))
			.toArray(Cookie[]::new);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.cookies.add(STATE, ATTEMPT, browserWith(held), response);
		assertThat(expired(response)).containsExactly("signin-attempt-" + state(2), "signin-attempt-" + state(1));
	}

	@Test
	void addWhenFiveOrdinaryAttemptsThenTogetherUnderFourKilobytes() {
		int size = IntStream.range(0, 5)
			.mapToObj((i) -> add(state(i), attempt("/reports/2026/11?page=2&sort=name", NOW)))
			.mapToInt((cookie) -> cookie.getName().length() + cookie.getValue().length())
			.sum();
		assertThat(size).isLessThan(4096);
	}

	@Test
	void addWhenBrowserHoldsAHundredOfNoUseThenTheAnswerStaysSmall() {
		Cookie[] held = Stream
			.concat(IntStream.range(0, 100).mapToObj((i) -> new Cookie("signin-attempt-garbage" + i, "x")),
					Stream.of(add(state(1), attempt("/profile", NOW))))
			.toArray(Cookie[]::new);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.cookies.add(STATE, ATTEMPT, browserWith(held), response);
		assertThat(expired(response)).hasSize(20).allMatch((name) -> name.startsWith("signin-attempt-garbage"));
	}

	/**
	 * The lowest bits of a part's last character may stand for nothing (RFC 4648 §3.5).
	 */
	private static char withHighestBitChanged(char digit) {
		int value = BASE64URL.indexOf(digit);
		return (value < 0) ? 'x' : BASE64URL.charAt(value ^ 32);
	}

	private Cookie add(String state, SigninAttempt attempt) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.cookies.add(state, attempt, new MockHttpServletRequest(), response);
		return response.getCookies()[0];
	}

	private static List<String> expired(MockHttpServletResponse response) {
		return Arrays.stream(response.getCookies())
			.filter((cookie) -> cookie.getMaxAge() == 0)
			.map(Cookie::getName)
			.toList();
	}

	private static MockHttpServletRequest browserWith(Cookie... cookies) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(cookies);
		return request;
	}

	private static SigninAttemptCookies cookies(String secret, Instant now) {
		return new SigninAttemptCookies(
				new SigninAttemptCipher(ClientSecrets.of(secret), Clock.fixed(now, ZoneOffset.UTC)));
	}

	private static SigninAttempt attempt(String landingPage, Instant startedAt) {
		return new SigninAttempt("https://app.example.com/login/oauth2/code/pingone", "n".repeat(128), "v".repeat(128),
				landingPage, new SigninDemand(null, List.of()), startedAt, "0123456789abcdef");
	}

	private static String state(int number) {
		return String.valueOf(number).repeat(43);
	}

}
