package com.example.signin.session;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.example.signin.support.Faults;
import com.example.signin.support.Form;
import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tokens that are about to expire, and sessions that are too old.
 */
@SigninTest
class RenewalTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final CountDownLatch HANGING = new CountDownLatch(1);

	private final ExecutorService eight = Executors.newFixedThreadPool(8);

	@LocalServerPort
	int port;

	@AfterEach
	void stop() {
		this.eight.shutdownNow();
	}

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
			.generate(() -> CompletableFuture.supplyAsync(() -> visitor.open("/session"), this.eight))
			.limit(8)
			.toList();
		assertThat(pages).allSatisfy((page) -> assertThat(page.join().statusCode()).isEqualTo(200));
		assertThat(renewals()).hasSize(1);
	}

	@Test
	void sessionPageWhenRefreshTokenIsNoLongerGoodThenSignInAgainAndBack() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> isRenewal(exchange.request())
				? Relay.Response.json(400, "{\"error\":\"invalid_grant\"}") : exchange.passOn());
		HttpResponse<String> page = visitor.follow(visitor.open("/session?tab=1"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri().toString()).endsWith("/session?tab=1");
		assertThat(page.body()).contains("The tokens are those of the sign-in");
	}

	@Test
	void sessionPageWhenSignInAgainIsDeniedThenFailurePageAndNoLoop() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> Relay.Response.json(400, "{\"error\":\"invalid_grant\"}"));
		HttpResponse<String> page = visitor.follow(visitor.open("/session"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Please start again");
	}

	@Test
	void sessionPageWhenNothingIsEverRenewedThenNoLoop() {
		Visitor visitor = Visitor.of(this.port);
		RELAY.at("/token", (exchange) -> {
			return isRenewal(exchange.request()) ? Relay.Response.json(400, "{\"error\":\"invalid_grant\"}")
					: exchange.passOn().changed((answer) -> answer.put("expires_in", 1));
		});
		visitor.signIn("/profile", "alice");
		HttpResponse<String> page = visitor.follow(visitor.open("/session"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("that did not succeed");
		assertThat(renewals()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "e30.e30.e30", "BOB" })
	void sessionPageWhenNewIdTokenIsWrongThenSaysSoAndItsTokensAreNotKept(String idToken) {
		Visitor visitor = signedInForASecond();
		String wrong = idToken.equals("BOB") ? idTokenOf("bob") : idToken;
		RELAY.at("/token", (exchange) -> isRenewal(exchange.request())
				? exchange.passOn().changed((answer) -> answer.put("id_token", wrong)) : exchange.passOn());
		assertThat(visitor.open("/session").body()).contains("that did not succeed");
		HttpResponse<String> again = visitor.open("/session");
		assertThat(Visitor.location(again)).contains("/as/authorize?");
		assertThat(visitor.follow(again).body()).contains("The tokens are those of the sign-in", "Alice Example");
	}

	@Test
	void sessionPageWhenNewAccessTokenIsNotThatOfItsIdTokenThenNotKept() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token",
				(exchange) -> isRenewal(exchange.request())
						? exchange.passOn().changed(IdTokens.with((claims) -> claims.claim("at_hash", "another")))
						: exchange.passOn());
		assertThat(visitor.open("/session").body()).contains("that did not succeed");
		assertThat(Visitor.location(visitor.open("/session"))).contains("/as/authorize?");
	}

	@Test
	void sessionPageWhenRenewedThenStillTellsTheNonceOfTheSignIn() {
		Visitor visitor = signedInForASecond();
		assertThat(visitor.open("/session").body()).contains("The refresh token was redeemed last on");
		assertThat(visitor.open("/session").body()).doesNotContain("<td>null</td>");
		visitor.follow(visitor.open("/oauth2/authorization/pingone"));
		assertThat(visitor.open("/session").body()).contains("The tokens are those of the sign-in");
	}

	@Test
	void sessionPageWhenRenewalHangsThenAllThatAskAreAnsweredInTime() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> (connection) -> {
			try {
				HANGING.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		try {
			List<CompletableFuture<HttpResponse<String>>> pages = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> visitor.open("/session"), this.eight))
				.limit(8)
				.toList();
			assertThat(pages).allSatisfy(
					(page) -> assertThat(page.orTimeout(20, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200));
			assertThat(renewals()).hasSizeLessThanOrEqualTo(2);
		}
		finally {
			HANGING.countDown();
		}
	}

	@Test
	void sessionPageWhenProviderIsDownThenTheTokensThatAreThere() {
		Visitor visitor = signedInForASecond();
		RELAY.at("/token", (exchange) -> Relay.Response.json(500, "{}"));
		HttpResponse<String> page = visitor.open("/session");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("that did not succeed");
	}

	@Test
	void sessionPageWhenSignedOutDuringARenewalThenNobodyIsSignedIn() {
		Visitor visitor = signedInForASecond();
		HttpResponse<String> profile = visitor.open("/profile");
		CountDownLatch signedOut = new CountDownLatch(1);
		RELAY.at("/token", (exchange) -> {
			try {
				assertThat(signedOut.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return exchange.passOn();
		});
		// The old refresh token is revoked only when there is a new one.
		RELAY.at("/revoke", Faults.status(503));
		CompletableFuture<HttpResponse<String>> page = CompletableFuture.supplyAsync(() -> visitor.open("/session"),
				this.eight);
		await().atMost(20, TimeUnit.SECONDS).until(() -> !renewals().isEmpty());
		visitor.submit("/logout", profile, Form.parse(""));
		signedOut.countDown();
		assertThat(Visitor.location(page.join())).contains("/as/authorize?");
		assertThat(visitor.fetch("/profile").statusCode()).isEqualTo(401);
	}

	@Test
	void sessionWhenTooOldThenSignInAgain() {
		try (RunningApplication application = RunningApplication.with("signin.session.max-age=1ns")) {
			Visitor visitor = application.visitor();
			visitor.open(visitor.signInUpToCallback("/profile", "alice"));
			assertThat(visitor.open("/profile").statusCode()).isEqualTo(302);
		}
	}

	private Visitor signedInForASecond() {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		RELAY.reset();
		return visitor;
	}

	private String idTokenOf(String userName) {
		AtomicReference<String> idToken = new AtomicReference<>();
		RELAY.at("/token",
				(exchange) -> exchange.passOn().changed((answer) -> idToken.set((String) answer.get("id_token"))));
		Visitor.of(this.port).signIn("/profile", userName);
		RELAY.reset();
		return Objects.requireNonNull(idToken.get());
	}

	private static boolean isRenewal(Relay.Request request) {
		return request.form().get("grant_type").equals("refresh_token");
	}

	private static List<Relay.Request> renewals() {
		return RELAY.requests("/token").stream().filter(RenewalTests::isRenewal).toList();
	}

}
