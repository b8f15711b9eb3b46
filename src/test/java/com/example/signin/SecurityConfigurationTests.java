package com.example.signin;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

@SigninTest
class SecurityConfigurationTests {

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/signed-out", "/livez", "/readyz", "/actuator/health", "/css/style.css", "/favicon.svg" })
	void publicPathWhenNotSignedInThenServed(String path) {
		assertThat(Visitor.of(this.port).open(path).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/info", "/actuator/metrics", "/actuator/sbom", "/actuator/env",
			"/actuator/prometheus", "/actuator/heapdump" })
	void actuatorWhenMainPortThenHealthOnly(String path) {
		assertThat(Visitor.of(this.port).fetch(path).statusCode()).isEqualTo(401);
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.fetch(path).statusCode()).isIn(403, 404);
	}

	@Test
	void actuatorWhenPortOfItsOwnThenServedThereAlone() {
		try (RunningApplication application = RunningApplication.with("management.server.port=0")) {
			int managementPort = application.context()
				.getBean(Environment.class)
				.getRequiredProperty("local.management.port", Integer.class);
			Visitor inside = Visitor.of(managementPort);
			Visitor signedIn = application.visitor();
			signedIn.signIn("/profile", "alice");
			for (String path : new String[] { "health", "info", "metrics", "sbom" }) {
				assertThat(inside.fetch("/actuator/" + path).statusCode()).as(path).isEqualTo(200);
				assertThat(application.visitor().fetch("/actuator/" + path).statusCode()).as(path).isEqualTo(401);
				assertThat(signedIn.fetch("/actuator/" + path).statusCode()).as(path).isEqualTo(404);
			}
			assertThat(inside.fetch("/actuator/info").body()).contains("\"version\":\"", "\"commit\":\"");
			assertThat(inside.fetch("/actuator/env").statusCode()).isNotEqualTo(200);
			assertThat(application.visitor().fetch("/livez").statusCode()).isEqualTo(200);
			assertThat(application.visitor().fetch("/readyz").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void anyPageThenSecurityHeaders() {
		var headers = Visitor.of(this.port).open("/").headers();
		String policy = headers.firstValue("Content-Security-Policy").orElse("");
		assertThat(policy)
			.contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
					"form-action 'self' http://localhost:")
			.doesNotContain("unsafe");
		assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
		assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("camera=()");
		assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
		assertThat(headers.firstValue("Server")).isEmpty();
	}

	@Test
	void formActionWhenMoreOriginsAreSetThenInThePolicy() {
		try (RunningApplication application = RunningApplication
			.with("signin.content-security-policy.form-action=https://apps.example.com,https://other.example.com")) {
			assertThat(application.visitor().open("/").headers().firstValue("Content-Security-Policy").orElse(""))
				.endsWith(" https://apps.example.com https://other.example.com");
		}
	}

	@Test
	void proxyWhenTrustedThenOutsideSchemeAndHost() {
		try (RunningApplication application = RunningApplication.with("server.forward-headers-strategy=native")) {
			var redirect = application.visitor()
				.open("/profile", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "app.example.com",
						"X-Forwarded-Port", "443");
			assertThat(Visitor.location(redirect))
				.contains("redirect_uri=https://app.example.com/login/oauth2/code/pingone");
			assertThat(redirect.headers().firstValue("Strict-Transport-Security").orElse("")).startsWith("max-age=");
			assertThat(redirect.headers().firstValue("Set-Cookie").orElse("")).startsWith("__Host-signin-attempt-")
				.contains("; Secure");
		}
	}

	@Test
	void sessionCookieWhenProxyEndsTlsThenSecure() {
		try (RunningApplication application = RunningApplication.with("server.forward-headers-strategy=native")) {
			String port = String.valueOf(application.port());
			ProviderForTests.PROVIDER.allowApplication("https://localhost:" + port);
			Visitor visitor = application.visitor();
			var start = visitor.open("/profile", "X-Forwarded-Proto", "https", "X-Forwarded-Port", port);
			String attempt = start.headers().firstValue("Set-Cookie").orElse("").replaceAll(";.*", "");
			String callback = visitor.followToCallback(visitor.signOn(visitor.follow(start), "alice"))
				.replace("https:", "http:");
			var landing = visitor.open(callback, "X-Forwarded-Proto", "https", "X-Forwarded-Port", port, "Cookie",
					attempt);
			assertThat(landing.headers().allValues("Set-Cookie"))
				.filteredOn((cookie) -> cookie.startsWith("signin-session="))
				.isNotEmpty()
				.allSatisfy((cookie) -> assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite=Lax"));
		}
	}

	@Test
	void proxyWhenNotTrustedThenItsHeadersAreIgnored() {
		var redirect = Visitor.of(this.port)
			.open("/profile", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example.com");
		assertThat(Visitor.location(redirect))
			.contains("redirect_uri=http://localhost:" + this.port + "/login/oauth2/code/pingone");
	}

	@Test
	void sessionCookieThenHttpOnlyAndLax() {
		Visitor visitor = Visitor.of(this.port);
		var landing = visitor.open(visitor.signInUpToCallback("/profile", "alice"));
		assertThat(landing.headers().allValues("Set-Cookie"))
			.filteredOn((cookie) -> cookie.startsWith("signin-session="))
			.isNotEmpty()
			.allSatisfy((cookie) -> assertThat(cookie).contains("; HttpOnly", "; SameSite=Lax"));
	}

	@Test
	void anonymousPostThenRefusedWithoutASession() {
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.submit("/anything", Form.parse("")).statusCode()).isEqualTo(401);
		assertThat(visitor.submit("/", Form.parse("")).statusCode()).isEqualTo(405);
		var callback = visitor.submit("/login/oauth2/code/pingone", Form.parse("code=1&state=2"));
		assertThat(callback.statusCode()).isEqualTo(303);
		assertThat(visitor.follow(callback).statusCode()).isEqualTo(400);
		assertThat(visitor.cookieNames()).isEmpty();
	}

	@Test
	void postWhenSignedInWithoutCsrfTokenThenRefused() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.submit("/profile", Form.parse("")).statusCode()).isEqualTo(403);
		assertThat(visitor.submit("/profile", visitor.open("/profile"), Form.parse("")).statusCode()).isEqualTo(405);
	}

	@Test
	void pageWhenRequestIsOfAnotherKindThenNotCalledOurFault() {
		var page = Visitor.of(this.port).submit("/", Form.parse(""));
		assertThat(page.body()).contains("That did not work").doesNotContain("our side");
	}

	@Test
	void pageWhenBrowserHoldsTheCookiesOfManyTabsThenServed() {
		Visitor visitor = Visitor.of(this.port);
		String cookies = IntStream.range(0, 20)
			.mapToObj((tab) -> "signin-attempt-" + tab + "=" + "x".repeat(700))
			.collect(Collectors.joining("; "));
		assertThat(visitor.open("/", "Cookie", cookies).statusCode()).isEqualTo(200);
		assertThat(visitor.open("/profile", "Cookie", cookies).statusCode()).isEqualTo(302);
	}

	@Test
	void pageWhenNotThereThenErrorPageOfTheHouse() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		var page = visitor.open("/no-such-page");
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("There is no such page", "Alice Example");
		assertThat(visitor.open("/%2e%2e/etc").statusCode()).isEqualTo(400);
	}

}
