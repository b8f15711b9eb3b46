package com.example.signin.audit.trail;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The audit trail of one person, as the log has it.
 */
@SigninTest
@ExtendWith(OutputCaptureExtension.class)
class AuditTrailTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final String ASSERTION = "CLIENT_ASSERTION_SIGNED";

	@LocalServerPort
	int port;

	@Test
	void signInThenJoinedToTheAssertionThatServedIt(CapturedOutput output) throws ParseException {
		String page = Visitor.of(this.port).signIn("/profile", "alice").body();
		JWTClaimsSet claims = SignedJWT.parse(RELAY.requests("/token").get(0).form().get("client_assertion"))
			.getJWTClaimsSet();
		Map<String, Object> assertion = AuditLines.theOne(ASSERTION, output);
		assertThat(assertion).containsEntry("purpose", "authorization_code")
			.containsEntry("sub", LocalProvider.CLIENT_ID)
			.containsEntry("jti", claims.getJWTID())
			.containsEntry("alg", "HS256")
			.containsEntry("aud", claims.getAudience().get(0));
		assertThat(Instant.parse((String) assertion.get("exp")).getEpochSecond())
			.isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
		Map<String, Object> signIn = AuditLines.theOne("SIGNED_IN", output);
		assertThat(signIn).containsEntry("jti", claims.getJWTID())
			.containsEntry("requestId", assertion.get("requestId"))
			.containsKeys("time", "sid", "startedBy");
		assertThat(page).contains("<td>" + signIn.get("sub") + "</td>");
		assertThat((Long) signIn.get("millis")).isBetween(0L, 60_000L);
	}

	@Test
	void failureThenSaysWhyAndIsFoundByTheReferenceOfThePage(CapturedOutput output) {
		RELAY.at("/token",
				(exchange) -> new Relay.Response(401,
						Map.of("Content-Type", List.of("application/json"), "Correlation-Id",
								List.of("a-correlation-id")),
						"{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.US_ASCII)));
		String page = Visitor.of(this.port).signIn("/profile", "alice").body();
		Map<String, Object> failure = AuditLines.theOne("SIGN_IN_FAILED", output);
		assertThat(failure).containsEntry("cause", "provider_refused")
			.containsEntry("error", "invalid_client")
			.containsEntry("correlationId", "a-correlation-id")
			.containsEntry("jti", AuditLines.theOne(ASSERTION, output).get("jti"));
		assertThat(page).contains("Reference <code>" + failure.get("requestId") + "</code>");
	}

	@Test
	void failureWhenItIsNoOAuthErrorThenTheKindOfException(CapturedOutput output) {
		RELAY.at("/token", (exchange) -> Relay.Response.json(500, "{}"));
		Visitor.of(this.port).signIn("/profile", "alice");
		assertThat(AuditLines.theOne("SIGN_IN_FAILED", output)).containsEntry("cause", "provider_unavailable")
			.containsEntry("error", "invalid_token_response")
			.doesNotContainKey("correlationId");
	}

	@Test
	void renewalThenJoinedToItsOwnAssertion(CapturedOutput output) {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		RELAY.at("/token", (exchange) -> Relay.Response.json(503, "{}"));
		visitor.open("/session");
		Object subject = AuditLines.theOne("SIGNED_IN", output).get("sub");
		Map<String, Object> failure = AuditLines.theOne("RENEWAL_FAILED", output);
		assertThat(failure).containsEntry("sub", subject).containsEntry("error", "invalid_token_response");
		RELAY.reset();
		await().until(() -> {
			visitor.open("/session");
			return !RELAY.requests("/token").isEmpty();
		});
		Map<String, Object> renewal = AuditLines.theOne("TOKENS_RENEWED", output);
		assertThat(renewal).containsEntry("sub", subject);
		List<Map<String, Object>> assertions = AuditLines.ofType(ASSERTION, output);
		assertThat(assertions).extracting((event) -> event.get("purpose"))
			.containsExactly("authorization_code", "refresh_token", "refresh_token");
		assertThat(assertions.subList(1, 3)).extracting((event) -> event.get("jti"))
			.containsExactly(failure.get("jti"), renewal.get("jti"));
	}

	@Test
	void signOutThenToldWithTheRevocationThatItLeavesToTheBackground(CapturedOutput output) {
		Visitor visitor = Visitor.of(this.port);
		visitor.follow(visitor.submit("/logout", visitor.signIn("/profile", "alice"), Form.parse("")));
		Map<String, Object> signIn = AuditLines.theOne("SIGNED_IN", output);
		Map<String, Object> signOut = AuditLines.theOne("SIGNED_OUT", output);
		assertThat(signOut).containsEntry("kind", "rp_initiated")
			.containsEntry("sub", signIn.get("sub"))
			.containsEntry("sid", signIn.get("sid"));
		await().until(() -> AuditLines.ofType(ASSERTION, output).size() == 2);
		assertThat(AuditLines.ofType(ASSERTION, output).get(1)).containsEntry("purpose", "revocation")
			.containsEntry("requestId", signOut.get("requestId"));
		assertThat(AuditLines.ofType("SIGN_OUT_UNCONFIRMED", output)).isEmpty();
	}

	@Test
	void signOutWhenUnconfirmedThenToldWithWhoIsStillThere(CapturedOutput output) {
		Visitor.of(this.port).open("/signed-out?state=never-sent");
		assertThat(AuditLines.theOne("SIGN_OUT_UNCONFIRMED", output)).doesNotContainKey("sub");
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		visitor.open("/signed-out");
		assertThat(AuditLines.ofType("SIGN_OUT_UNCONFIRMED", output)).hasSize(2)
			.last()
			.extracting("sub")
			.isEqualTo(Objects.requireNonNull(AuditLines.theOne("SIGNED_IN", output).get("sub")));
	}

	@Test
	void linesWhenInputHoldsControlCharactersThenNoneIsForged(CapturedOutput output) {
		String forged = "%0D%0A2026-01-01T00:00:00.000Z%20%20INFO%201%20---%20audit%20:%20%7B%7D%1B%5B2K%C2%85%E2%80%A8";
		int before = output.getOut().length();
		Visitor visitor = Visitor.of(this.port);
		String state = Form.ofQuery(Visitor.location(visitor.open("/profile"))).get("state");
		visitor.open("/login/oauth2/code/pingone?error=" + forged + "&error_description=" + forged + "&state=" + state);
		visitor.signIn("/profile", "alice");
		for (String path : List.of("/" + forged, "/profile/" + forged, "/signed-out?state=" + forged,
				"/profile?" + forged, "/oauth2/authorization/" + forged, "/error?message=" + forged,
				"/login/initiate?iss=" + forged, "/login/oauth2/code/" + forged + "?state=" + forged)) {
			visitor.open(path, "X-Request-Id", "forged-id", "User-Agent", "a [b] audit : {}");
		}
		assertThat(AuditLines.theOne("SIGN_IN_FAILED", output)).extractingByKey("error")
			.asString()
			.startsWith("??2026-01-01");
		assertThat(output.getOut().substring(before).lines()).hasSizeGreaterThan(3)
			.allSatisfy(
					(line) -> assertThat(line).matches("\\d{4}-\\S+ +[A-Z]+ \\d+ --- .*").doesNotStartWith("2026-01"));
		assertThat(output.getOut()).doesNotContain("\u001B[2K", "\u0085", "\u2028", "forged-id");
	}

}
