package com.example.signin.account.api;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of an API in a person's name, when it answers and when it does not.
 */
@SigninTest
@ExtendWith(OutputCaptureExtension.class)
class ApiCallTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final String API = "/userinfo";

	@LocalServerPort
	int port;

	static Stream<Arguments> failures() {
		return Stream.of(failure("hangs up", 503, Faults.hangUp()), failure("never answers", 503, Faults.never()),
				failure("500", 503, Faults.status(500)), failure("redirect", 503, Faults.redirect()),
				failure("HTML", 503, Faults.html()), failure("20 MB", 503, Faults.huge(200)),
				failure("empty", 503, Faults.json(200, "")), failure("an array", 503, Faults.json(200, "[]")),
				failure("403", 502, Faults.status(403)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	void callWhenApiFailsThenCalmPageAndTokensStay(String what, int status, Relay.Disturbance failure,
			CapturedOutput output) {
		Visitor visitor = signedIn();
		RELAY.at(API, failure);
		HttpResponse<String> page = visitor.open("/api-call");
		assertThat(page.statusCode()).isEqualTo(status);
		assertThat(page.body()).contains((status == 502) ? "The API said no" : "The API gave no answer")
			.doesNotContain(Faults.LEAK);
		assertThat(output.getAll()).contains("The API call failed: ").doesNotContain(Faults.LEAK);
		assertThat(RELAY.requests(Faults.ELSEWHERE)).isEmpty();
		RELAY.reset();
		assertThat(visitor.open("/api-call").statusCode()).isEqualTo(200);
		assertThat(renewals()).isEmpty();
	}

	@Test
	void callWhenApiAnswersThenShownWithoutTheToken() {
		Visitor visitor = signedIn();
		HttpResponse<String> page = visitor.open("/api-call");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("An API call in your name", "preferred_username", "alice@example.com")
			.doesNotContain(token(0));
		assertThat(visitor.open("/profile").body()).contains("href=\"/api-call\"");
	}

	@Test
	void callWhenTokenIsAboutToExpireThenRenewedFirst() {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		Visitor visitor = signedIn();
		assertThat(visitor.open("/api-call").statusCode()).isEqualTo(200);
		assertThat(renewals()).hasSize(1);
		assertThat(RELAY.requests(API)).hasSize(1);
	}

	@Test
	void callWhenApiNoLongerAcceptsTheTokenThenPageAndNextCallSignsInAgain() {
		Visitor visitor = signedIn();
		visitor.open("/api-call");
		String revoked = token(0);
		RELAY.at(API, (exchange) -> exchange.request().header("Authorization").endsWith(revoked)
				? Relay.Response.json(401, "{}") : exchange.passOn());
		HttpResponse<String> refused = visitor.open("/api-call");
		assertThat(refused.statusCode()).isEqualTo(502);
		assertThat(refused.body()).contains("The API said no");
		HttpResponse<String> again = visitor.open("/api-call");
		assertThat(Visitor.location(again)).contains("/as/authorize?");
		HttpResponse<String> page = visitor.follow(again);
		assertThat(page.uri().getPath()).isEqualTo("/api-call");
		assertThat(page.body()).contains("alice@example.com");
	}

	@Test
	void callWhenEveryTokenIsRefusedThenNoRoundsInCircles() {
		Visitor visitor = signedIn();
		RELAY.at(API, Faults.status(401));
		visitor.open("/api-call");
		HttpResponse<String> page = visitor.follow(visitor.open("/api-call"));
		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.body()).contains("The API said no");
	}

	@Test
	void callWhenRenewalFailsThenCalmPage() {
		RELAY.at("/token", (exchange) -> isRenewal(exchange.request()) ? Relay.Response.json(500, "{}")
				: exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		HttpResponse<String> page = signedIn().open("/api-call");
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.body()).contains("The API gave no answer");
	}

	private Visitor signedIn() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		return visitor;
	}

	private static String token(int request) {
		return RELAY.requests(API).get(request).header("Authorization").substring("Bearer ".length());
	}

	private static List<Relay.Request> renewals() {
		return RELAY.requests("/token").stream().filter(ApiCallTests::isRenewal).toList();
	}

	private static boolean isRenewal(Relay.Request request) {
		return request.form().get("grant_type").equals("refresh_token");
	}

	private static Arguments failure(String what, int status, Relay.Disturbance failure) {
		return Arguments.of(what, status, failure);
	}

}
