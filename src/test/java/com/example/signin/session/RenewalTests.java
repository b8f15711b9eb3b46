package com.example.signin.session;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that are about to expire, and sessions that are too old.
 */
@SigninTest
class RenewalTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	@LocalServerPort
	int port;

	@Test
	void sessionPageWhenTokenIsFreshThenNoRenewal() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/session", "alice");
		assertThat(visitor.open("/session").body()).contains("The tokens are those of the sign-in");
		assertThat(renewals()).isEmpty();
	}

	@Test
	void sessionPageWhenTokenIsAboutToExpireThenRenewedWithAnAssertionOfItsOwn() throws Exception {
		Visitor visitor = signedInForASecond();
		String page = visitor.open("/session").body();
		assertThat(renewals()).hasSize(1);
		SignedJWT assertion = SignedJWT.parse(renewals().get(0).form().get("client_assertion"));
		assertThat(page).contains("The refresh token was redeemed last on", assertion.getJWTClaimsSet().getJWTID());
		visitor.open("/session");
		assertThat(renewals()).hasSize(1);
	}

	@Test
	void otherPagesWhenTokenIsAboutToExpireThenNeverPayForIt() {
		Visitor visitor = signedInForASecond();
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(200);
		assertThat(visitor.open("/").statusCode()).isEqualTo(200);
		assertThat(renewals()).isEmpty();
	}

	@Test
	void sessionPageWhenAskedForInParallelThenOneRenewal() {
		Visitor visitor = signedInForASecond();
		List<CompletableFuture<HttpResponse<String>>> pages = Stream
			.generate(() -> CompletableFuture.supplyAsync(() -> visitor.open("/session")))
			.limit(8)
			.toList();
		assertThat(pages).allSatisfy((page) -> assertThat(page.join().statusCode()).isEqualTo(200));
		assertThat(renewals()).hasSize(1);
	}

	@Test
	void sessionPageWhenRefreshTokenIsNoLongerGoodThenSignInAgainAndBack() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> exchange.request().form().get("grant_type").equals("refresh_token")
				? Relay.Response.json(400, "{\"error\":\"invalid_grant\"}") : exchange.passOn());
		HttpResponse<String> page = visitor.follow(visitor.open("/session?tab=1"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri().toString()).endsWith("/session?tab=1");
		assertThat(page.body()).contains("The tokens are those of the sign-in");
	}

	@Test
	void sessionPageWhenProviderIsDownThenTheTokensThatAreThere() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> Relay.Response.json(500, "{}"));
		HttpResponse<String> page = visitor.open("/session");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("PingOne did not do it");
	}

	@Test
	void sessionWhenTooOldThenSignInAgain() {
		try (RunningApplication application = RunningApplication.with("signin.session.max-age=1ms")) {
			Visitor visitor = application.visitor();
			visitor.open(visitor.signInUpToCallback("/profile", "alice"));
			assertThat(visitor.open("/profile").statusCode()).isEqualTo(302);
		}
	}

	private Visitor signedInForASecond() {
		RELAY.at("/token", (exchange) -> {
			try {
				Map<String, Object> answer = JSONObjectUtils.parse(exchange.passOn().text());
				answer.put("expires_in", 1);
				return Relay.Response.json(200, JSONObjectUtils.toJSONString(answer));
			}
			catch (java.text.ParseException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		RELAY.reset();
		return visitor;
	}

	private static List<Relay.Request> renewals() {
		return RELAY.requests("/token")
			.stream()
			.filter((request) -> request.form().get("grant_type").equals("refresh_token"))
			.toList();
	}

}
