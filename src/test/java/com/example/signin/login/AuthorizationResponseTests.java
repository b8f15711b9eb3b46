package com.example.signin.login;

import java.net.http.HttpResponse;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the authorization response comes back, and from whom.
 */
@SigninTest
@TestPropertySource(properties = "signin.authorization-request.response-mode=form_post")
@ExtendWith(OutputCaptureExtension.class)
class AuthorizationResponseTests {

	private static final String CALLBACK = "/login/oauth2/code/pingone";

	private static final String PROMISED = "authorization_response_iss_parameter_supported";

	@LocalServerPort
	int port;

	@Test
	void responseWhenPostedThenTheBrowserComesOnceMoreWithItsCookies() {
		Visitor visitor = Visitor.of(this.port);
		var form = signOn(visitor, "/session?a=b");
		assertThat(form.statusCode()).isEqualTo(200);
		var again = visitor.submitItself(form);
		assertThat(again.statusCode()).isEqualTo(303);
		assertThat(again.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(again.headers().firstValue("Cache-Control")).isPresent();
		assertThat(Visitor.location(again)).startsWith("http://localhost:" + this.port + CALLBACK + "?code=");
		assertThat(visitor.follow(again).uri().toString()).endsWith("/session?a=b");
	}

	@Test
	void responseWhenPostedToSomebodySignedInThenNoCsrfTokenIsAskedFor() {
		Visitor visitor = Visitor.of(this.port);
		visitor.follow(visitor.submitItself(signOn(visitor, "/profile")));
		var once = visitor.follow(visitor.open("/oauth2/authorization/pingone"));
		assertThat(visitor.follow(visitor.submitItself(once)).uri().getPath()).isEqualTo("/profile");
	}

	@Test
	void responseWhenPostedByAStrangerThenNobodyIsSignedInAndNothingElseIsPassedOn() {
		Visitor visitor = Visitor.of(this.port);
		var again = visitor.submit(CALLBACK, Form.parse("state=s%0D%0Ax&code=a%26b%3Dc&other=1&iss=i"));
		assertThat(again.headers().firstValue("Location")).hasValue(CALLBACK + "?code=a%26b%3Dc&state=s%0D%0Ax&iss=i");
		assertThat(visitor.follow(again).statusCode()).isEqualTo(400);
		assertThat(visitor.cookieNames()).isEmpty();
	}

	@Test
	void issuerWhenOursThenSignedIn() {
		Visitor visitor = Visitor.of(this.port);
		String callback = callback(visitor) + "&iss=" + ProviderForTests.RELAY.issuer("localhost");
		assertThat(visitor.follow(visitor.open(callback)).uri().getPath()).isEqualTo("/profile");
	}

	@Test
	void issuerWhenAnothersThenTheCodeGoesNowhere(CapturedOutput output) {
		Visitor visitor = Visitor.of(this.port);
		String callback = callback(visitor);
		assertThat(visitor.open(callback + "&iss=https://attacker.example/as").statusCode()).isEqualTo(502);
		assertThat(ProviderForTests.RELAY.requests("/token")).isEmpty();
		assertThat(output).contains("PROVIDER_REFUSED: invalid_response_issuer");
		assertThat(visitor.open(callback).statusCode()).as("the attempt is over").isEqualTo(400);
	}

	@Test
	void issuerWhenThereTwiceThenRefused() {
		Visitor visitor = Visitor.of(this.port);
		String iss = "&iss=" + ProviderForTests.RELAY.issuer("localhost") + "&iss=https://attacker.example/as";
		assertThat(visitor.open(callback(visitor) + iss).statusCode()).isEqualTo(502);
	}

	@Test
	void issuerWhenPromisedThenRequired() {
		ProviderForTests.RELAY.at("/.well-known/openid-configuration",
				(exchange) -> exchange.passOn().changed((metadata) -> metadata.put(PROMISED, true)));
		try (var application = RunningApplication.with()) {
			Visitor visitor = application.visitor();
			String callback = visitor.signInUpToCallback("/profile", "alice");
			assertThat(visitor.open(callback).statusCode()).isEqualTo(502);
			String refusal = callback.replaceFirst("code=[^&]*", "error=access_denied");
			assertThat(visitor.open(refusal).statusCode()).isEqualTo(400);
		}
	}

	private static HttpResponse<String> signOn(Visitor visitor, String page) {
		return visitor.follow(visitor.signOn(visitor.follow(visitor.open(page)), "alice"));
	}

	private static String callback(Visitor visitor) {
		return Visitor.location(visitor.submitItself(signOn(visitor, "/profile")));
	}

}
