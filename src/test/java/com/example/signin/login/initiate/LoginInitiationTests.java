package com.example.signin.login.initiate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Third-party-initiated login, seen over HTTP.
 */
@SigninTest
class LoginInitiationTests {

	private static final String INITIATE = "/login/initiate";

	@LocalServerPort
	int port;

	@Test
	void initiationWhenOurIssuerAsksThenSignsInWithTheHint() {
		Visitor visitor = Visitor.of(this.port);
		String begin = INITIATE + "?iss=" + encode(issuer()) + "&login_hint=" + encode("alice@example.com");
		assertThat(Form.ofQuery(Visitor.location(visitor.open(begin))).get("login_hint"))
			.isEqualTo("alice@example.com");
		assertThat(visitor.signIn(begin, "alice").uri().getPath()).isEqualTo("/profile");
	}

	@Test
	void initiationWhenPostedThenTheSame() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		var redirect = visitor.submit(INITIATE, Form.parse("").with("iss", issuer()));
		assertThat(Visitor.location(redirect)).startsWith(issuer() + "/authorize?");
	}

	@ParameterizedTest
	@CsvSource({ "/session?a=b%20c, /session?a=b%20c", "http://localhost:{port}/session?a=b, /session?a=b",
			"http://localhost:{port}, /profile", "/login/oauth2/code/pingone, /profile" })
	void targetWhenWithinTheApplicationThenThePersonLandsThere(String target, String landing) {
		var page = Visitor.of(this.port).signIn(initiation(issuer(), target), "alice");
		assertThat(page.uri().toString()).isEqualTo("http://localhost:" + this.port + landing);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://attacker.example/", "//attacker.example/", "http://localhost:{port}@attacker.example/",
					"http://localhost:{port}.attacker.example/", "https://localhost:{port}/", "http://localhost:1/",
					"\\\\attacker.example", "javascript:alert(1)", "http://localhost:{port}/\\attacker" })
	void targetWhenElsewhereThenRefused(String target) {
		var refusal = Visitor.of(this.port).open(initiation(issuer(), target));
		assertThat(refusal.statusCode()).isEqualTo(400);
		assertThat(refusal.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(refusal.body()).contains("That request made no sense").doesNotContain("attacker");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://attacker.example/as", "", "{issuer}/" })
	void issuerWhenForeignThenRefused(String iss) {
		var refusal = Visitor.of(this.port).open(initiation(iss.replace("{issuer}", issuer()), "/profile"));
		assertThat(refusal.statusCode()).isEqualTo(400);
		assertThat(Visitor.of(this.port).open(INITIATE).statusCode()).isEqualTo(400);
	}

	private String initiation(String iss, String target) {
		return INITIATE + "?iss=" + encode(iss) + "&target_link_uri="
				+ encode(target.replace("{port}", String.valueOf(this.port)));
	}

	private static String issuer() {
		return ProviderForTests.RELAY.issuer("localhost");
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
