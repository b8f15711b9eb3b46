package com.example.signin.login.stepup;

import java.time.Instant;

import com.example.signin.support.Form;
import com.example.signin.support.IdTokens;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static com.example.signin.support.ProviderForTests.RELAY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages that need a stronger or a fresher sign-in, seen over HTTP.
 */
@SigninTest
@TestPropertySource(properties = { "signin.step-up[0].paths=/session,/strong/**", "signin.step-up[0].acr=Multi_Factor",
		"signin.step-up[1].paths=/signed-out", "signin.step-up[1].max-age=1h" })
class StepUpTests {

	@LocalServerPort
	int port;

	@Test
	void pageWhenTheSignInIsTooWeakThenToTheProviderAndBackOnce() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		var redirect = visitor.open("/session?tab=1");
		assertThat(Form.ofQuery(Visitor.location(redirect)).get("acr_values")).isEqualTo("Multi_Factor");
		var page = visitor.follow(visitor.signOn(visitor.follow(redirect), "alice"));
		assertThat(page.uri().toString()).endsWith("/session?tab=1");
		assertThat(page.body()).contains("Multi_Factor");
		assertThat(visitor.open("/session").statusCode()).isEqualTo(200);
	}

	@Test
	void pageWhenNobodyIsSignedInThenTheFirstSignInIsStrongEnough() {
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.signIn("/session", "alice").statusCode()).isEqualTo(200);
		assertThat(RELAY.requests("/token")).as("one for each sign-in").hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void providerWhenItDoesNotComplyThenOnePageNoLoopAndStillSignedIn() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		String redirect = Visitor.location(visitor.open("/session")).replace("&acr_values=Multi_Factor", "");
		var page = visitor.follow(visitor.open(redirect));
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("This page asks for another sign-in", "href=\"/session\"");
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(200);
	}

	/**
	 * Thirty seconds is what consent may take, and more than clocks and whole seconds
	 * differ by.
	 */
	@Test
	void providerWhenItCountsTheAgeAnotherWayThenThePageAndNoLoop() {
		RELAY.at("/token", (exchange) -> exchange.passOn()
			.changed(IdTokens.with((claims) -> claims.claim("auth_time", Instant.now().getEpochSecond() - 3630))));
		assertThat(Visitor.of(this.port).signIn("/signed-out", "alice").statusCode()).isEqualTo(200);
	}

	@Test
	void pageWhenOtherThanThoseNamedThenNothingIsAskedFor() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(200);
		assertThat(visitor.open("/").statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenNoNavigationThenUnauthorized() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.fetch("/session", "Accept", "application/json").statusCode()).isEqualTo(401);
		assertThat(visitor.open("/strong/deep/path").statusCode()).isEqualTo(302);
	}

	@Test
	void publicPageWhenNamedThenNeedsTheSignInToo() {
		Visitor visitor = Visitor.of(this.port);
		assertThat(Form.ofQuery(Visitor.location(visitor.open("/signed-out"))).get("max_age")).isEqualTo("3600");
		assertThat(visitor.signIn("/signed-out", "alice").statusCode()).isEqualTo(200);
	}

}
