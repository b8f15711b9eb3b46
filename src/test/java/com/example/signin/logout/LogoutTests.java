package com.example.signin.logout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.audit.SignedOut;
import com.example.signin.support.AuditEvents;
import com.example.signin.support.Faults;
import com.example.signin.support.Form;
import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SigninTest
@ExtendWith(OutputCaptureExtension.class)
class LogoutTests {

	private static final Form NOTHING = Form.parse("");

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String CONFIRMATION = "You are signed out";

	@LocalServerPort
	int port;

	@Test
	void logoutWhenSignedInThenEndsHereAndAtTheProvider() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		var redirect = visitor.submit("/logout", page, NOTHING);
		var parameters = Form.ofQuery(Visitor.location(redirect));
		assertThat(Visitor.location(redirect)).startsWith(RELAY.issuer("localhost") + "/signoff?");
		assertThat(parameters.get("post_logout_redirect_uri"))
			.isEqualTo("http://localhost:" + this.port + "/signed-out");
		assertThat(parameters.get("id_token_hint")).isNotEmpty();
		var signedOut = visitor.follow(redirect);
		assertThat(signedOut.uri().getPath()).isEqualTo("/signed-out");
		assertThat(signedOut.body()).contains(CONFIRMATION);
		var again = visitor.follow(visitor.open("/profile"));
		assertThat(again.body()).contains("name=\"password\"");
	}

	@Test
	void logoutWhenSignedInThenComesBackWithTheStateThatWasSent() {
		Visitor visitor = Visitor.of(this.port);
		var redirect = visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING);
		String state = Form.ofQuery(Visitor.location(redirect)).get("state");
		var signedOut = visitor.follow(redirect);
		assertThat(state).hasSizeGreaterThan(40);
		assertThat(Form.ofQuery(signedOut.uri().toString()).get("state")).isEqualTo(state);
		assertThat(visitor.open(signedOut.uri().toString()).body()).contains(CONFIRMATION);
		var other = visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING);
		assertThat(Form.ofQuery(Visitor.location(other)).get("state")).isNotEmpty().isNotEqualTo(state);
	}

	@Test
	void signedOutPageWhenStateIsNotTheOneSentThenNothingIsConfirmed() {
		Visitor visitor = Visitor.of(this.port);
		assertUnconfirmed(visitor.open("/signed-out?state=never-sent"));
		var redirect = visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING);
		String state = Form.ofQuery(Visitor.location(redirect)).get("state");
		assertUnconfirmed(visitor.open("/signed-out?state=" + state + "x"));
		assertUnconfirmed(visitor.open("/signed-out?state="));
		assertUnconfirmed(Visitor.of(this.port).open("/signed-out?state=" + state));
	}

	@Test
	void signedOutPageWhenSomebodyIsSignedInThenNothingIsConfirmed() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		var page = visitor.open("/signed-out");
		assertUnconfirmed(page);
		assertThat(page.body()).contains("Alice Example").doesNotContain("Sign in again");
	}

	@Test
	void logoutWhenIdTokenHasExpiredThenEndsHereAndAtTheProvider() {
		RELAY.at("/token", (exchange) -> withExpiredIdToken(exchange.passOn()));
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		var signedOut = visitor.follow(visitor.submit("/logout", page, NOTHING));
		assertThat(signedOut.uri().getPath()).isEqualTo("/signed-out");
		assertThat(signedOut.body()).contains(CONFIRMATION);
		assertThat(visitor.follow(visitor.open("/profile")).body()).contains("name=\"password\"");
	}

	@Test
	void logoutWhenSignedInThenRefreshTokenIsRevoked() {
		List<Relay.Response> tokens = answersOf("/token");
		List<Relay.Response> revocations = answersOf("/revoke");
		Visitor visitor = Visitor.of(this.port);
		visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING);
		await().atMost(PATIENCE).until(() -> !revocations.isEmpty());
		assertThat(revocations).extracting(Relay.Response::status).containsExactly(200);
		Form form = RELAY.requests("/revoke").get(0).form();
		assertThat(form.get("token")).isNotEmpty().isEqualTo(tokens.get(0).members().get("refresh_token"));
		assertThat(form.get("token_type_hint")).isEqualTo("refresh_token");
		assertThat(form.get("client_assertion")).isNotEmpty();
		assertThat(form.toString()).doesNotContain(LocalProvider.CLIENT_SECRET);
		assertThat(form.parameters()).doesNotContainKey("grant_type");
	}

	@Test
	void logoutWhenThereIsNoRefreshTokenThenNothingIsRevoked() {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.remove("refresh_token")));
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.follow(visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING)).body())
			.contains(CONFIRMATION);
		assertThat(RELAY.requests("/revoke")).isEmpty();
	}

	@Test
	void logoutWhenRevocationHangsThenTheBrowserDoesNotWait() {
		CountDownLatch signedOut = new CountDownLatch(1);
		RELAY.at("/revoke", (exchange) -> (http) -> {
			try {
				signedOut.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			exchange.passOn().send(http);
		});
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.follow(visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING));
		assertThat(page.body()).contains(CONFIRMATION);
		assertThat(signedOut.getCount()).isOne();
		signedOut.countDown();
	}

	static Stream<Relay.Disturbance> refusals() {
		return Stream.of(Faults.json(401, "{\"error\":\"invalid_client\"}"), Faults.status(503), Faults.redirect(),
				Faults.hangUp());
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void logoutWhenRevocationFailsThenSignedOutAndLoggedWithoutTheToken(Relay.Disturbance refusal,
			CapturedOutput output) {
		RELAY.at("/revoke", refusal);
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.follow(visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING));
		assertThat(page.body()).contains(CONFIRMATION);
		await().atMost(PATIENCE).until(() -> output.getOut().contains("The refresh token lives on: "));
		assertThat(output.getOut()).doesNotContain(RELAY.requests("/revoke").get(0).form().get("token"), Faults.LEAK);
	}

	@Test
	void logoutWhenProviderRefusesOrIsDownThenSignedOutHere() {
		for (Relay.Disturbance fault : List.of(Faults.html(), Faults.status(400), Faults.status(503))) {
			RELAY.at("/signoff", fault);
			Visitor visitor = Visitor.of(this.port);
			visitor.follow(visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING));
			assertThat(visitor.open("/").body()).contains("Sign in").doesNotContain("Alice Example");
			assertThat(visitor.fetch("/profile").statusCode()).isEqualTo(401);
			assertThat(visitor.cookieNames()).doesNotContain("signin-session");
		}
	}

	@Test
	void logoutWhenProviderOffersNeitherEndpointThenSignedOutHere() {
		try (SeparateSignin signin = SeparateSignin.with()) {
			signin.relay()
				.at("/.well-known/openid-configuration", (exchange) -> exchange.passOn().changed((metadata) -> {
					metadata.remove("end_session_endpoint");
					metadata.remove("revocation_endpoint");
				}));
			AuditEvents events = AuditEvents.of(signin.application().context());
			Visitor visitor = signin.visitor();
			var redirect = visitor.submit("/logout", visitor.signIn("/profile", "alice"), NOTHING);
			assertThat(Visitor.location(redirect)).endsWith("/signed-out");
			assertThat(visitor.follow(redirect).body()).contains(CONFIRMATION);
			assertThat(visitor.cookieNames()).doesNotContain("signin-session", "logout-state");
			assertThat(visitor.fetch("/profile").statusCode()).isEqualTo(401);
			assertThat(signin.relay().requests("/signoff")).isEmpty();
			assertThat(signin.relay().requests("/revoke")).isEmpty();
			assertThat(events.all(SignedOut.class)).extracting(SignedOut::kind)
				.containsExactly(SignedOut.Kind.LOCAL_ONLY);
		}
	}

	@Test
	void logoutWhenSessionHasExpiredThenSignedOutPage() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		visitor.cookies().getCookieStore().removeAll();
		var signedOut = visitor.follow(visitor.submit("/logout", page, NOTHING));
		assertThat(signedOut.uri()).hasPath("/signed-out").hasNoQuery();
		assertThat(signedOut.body()).contains(CONFIRMATION);
		assertThat(Visitor.location(Visitor.of(this.port).submit("/logout", NOTHING))).endsWith("/signed-out");
	}

	@Test
	void logoutWhenSecondTimeThenSignedOutPage() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		visitor.submit("/logout", page, NOTHING);
		var again = visitor.submit("/logout", page, NOTHING);
		assertThat(Visitor.location(again)).endsWith("/signed-out");
		assertThat(visitor.follow(again).body()).contains(CONFIRMATION);
	}

	@Test
	void logoutWhenForgedThenNobodyIsSignedOut() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.submit("/logout", NOTHING).statusCode()).isEqualTo(403);
		assertThat(visitor.submit("/logout", NOTHING.with("_csrf", "guess")).statusCode()).isEqualTo(403);
		assertThat(visitor.open("/logout").statusCode()).isEqualTo(404);
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(200);
	}

	private static void assertUnconfirmed(HttpResponse<String> page) {
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Sign-out not confirmed").doesNotContain(CONFIRMATION);
	}

	private static List<Relay.Response> answersOf(String endpoint) {
		List<Relay.Response> answers = new CopyOnWriteArrayList<>();
		RELAY.at(endpoint, (exchange) -> {
			Relay.Response answer = exchange.passOn();
			answers.add(answer);
			return answer;
		});
		return answers;
	}

	/**
	 * Expired within the clock skew that a sign-in grants.
	 */
	private static Relay.Response withExpiredIdToken(Relay.Response response) {
		return response.changed(IdTokens.with((claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600)))
			.expirationTime(Date.from(Instant.now().minusSeconds(20)))));
	}

}
