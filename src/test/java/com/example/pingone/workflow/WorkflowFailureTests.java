package com.example.pingone.workflow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the flow breaks: which step, what was said, what it means.
 */
class WorkflowFailureTests extends WithProvider {

	private static final String CORRELATION_ID = "7a1c3f0e-55aa-4a5e-9a53-0f5e8b1f2c3d";

	@Test
	void discoveryWhenNobodyListensThenUnreachable() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		Run run = Run.ofAlice(this.relay, Map.of("PINGONE_ISSUER", "http://localhost:" + port + "/1/as"));
		assertFailed(run, 1, Advice.UNREACHABLE, "ConnectException");
	}

	@Test
	void discoveryWhenItIsThatOfAnotherIssuerThenSaysSo() {
		this.relay.at("/openid-configuration",
				(exchange) -> Relay.Response.json(200, exchange.passOn().text().replace("/as\"", "/as/\"")));
		assertFailed(Run.ofAlice(this.relay), 1, Advice.OTHER_ISSUER, "invalid_issuer");
	}

	@ParameterizedTest
	@CsvSource({ "404, NO_METADATA", "400, NO_METADATA", "503, BROKEN" })
	void discoveryWhenThereIsNoneThenSaysSo(int status, Advice advice) {
		this.relay.at("/openid-configuration", Faults.status(status));
		assertFailed(Run.ofAlice(this.relay), 1, advice, " " + status + " ");
	}

	@Test
	void discoveryWhenItIsAPageThenSaysThatThereIsNone() {
		this.relay.at("/openid-configuration", Faults.html());
		assertFailed(Run.ofAlice(this.relay), 1, Advice.NO_METADATA);
	}

	@Test
	void redirectUriWhenNotRegisteredThenSaysSo() {
		Run run = Run.ofAlice(this.relay, Map.of("PINGONE_APPLICATION_URL", "http://localhost:18080"));
		assertFailed(run, 2, Advice.AUTHORIZE_REFUSED, "http://localhost:18080/login/oauth2/code/pingone");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | {"error":"invalid_scope","error_description":"May not (Correlation ID: #)"}           | SCOPE
					400 | {"error":"invalid_request","error_description":"code_challenge is required"}          | PKCE
					400 | {"error":"unauthorized_client","error_description":"Unsupported grant type"}          | GRANT_NOT_ENABLED
					400 | {"error":"invalid_request","error_description":"No"}                                  | AUTHORIZE_REFUSED
					403 | {"error":"access_denied","error_description":"No"}                                    | NOT_ALLOWED
					400 | {"code":"INVALID_DATA","details":[{"code":"INVALID_VALUE","target":"redirect_uri"}]}   | REDIRECT_URI
					404 | {"code":"NOT_FOUND","message":"The requested resource was not found"}                 | NOT_THERE
					429 | {"code":"REQUEST_LIMITED","message":"Slow down"}                                      | TOO_MANY_REQUESTS
					500 | {"code":"UNEXPECTED_ERROR","message":"Oh"}                                            | BROKEN
					200 | {"something":"else"}                                                                  | NO_FLOW
					200 | []                                                                                    | NO_FLOW
					200 | <!DOCTYPE html>                                                                       | NO_FLOW
					400 | <!DOCTYPE html>                                                                       | AUTHORIZE_REFUSED
					""")
	void authorizeWhenRefusedThenSaysWhy(int status, String body, Advice advice) {
		this.relay.at("/authorize", Faults.json(status, body));
		assertFailed(Run.ofAlice(this.relay), 2, advice);
	}

	@ParameterizedTest
	@CsvSource({ "error=invalid_scope&error_description=May%20not, SCOPE, May not", "flowId=1, NO_FLOW, 302" })
	void authorizeWhenRedirectedThenSaysWhy(String query, Advice advice, String said) {
		this.relay.at("/authorize", (exchange) -> new Relay.Response(302,
				Map.of("Location", List.of("http://localhost:8080/login/oauth2/code/pingone?" + query)), new byte[0]));
		assertFailed(Run.ofAlice(this.relay), 2, advice, said);
	}

	@Test
	void authorizeWhenRedirectedToAMalformedUrlThenSaysSo() {
		this.relay.at("/authorize", (exchange) -> new Relay.Response(302,
				Map.of("Location", List.of("http://localhost:port/?code={a-code}")), new byte[0]));
		Run run = Run.ofAlice(this.relay);
		assertFailed(run, 2, Advice.MALFORMED_URL, HttpHeaders.LOCATION);
		assertThat(run.output()).doesNotContain("a-code");
	}

	@Test
	void flowWhenItsLinkIsMalformedThenSaysSo() {
		this.relay.at("/authorize", (exchange) -> Relay.Response.json(200,
				exchange.passOn().text().replaceAll("(/flows/)[^\"/]+", "$1{id}")));
		assertFailed(Run.ofAlice(this.relay), 3, Advice.MALFORMED_URL, "/_links/self/href", "/flows/{id}");
	}

	@Test
	void flowWhenAtAnotherHostThenNoPasswordIsSent() {
		this.relay.at("", (exchange) -> {
			Relay.Response response = exchange.passOn();
			boolean flow = exchange.request().uri().getPath().contains("/flows/");
			return flow ? Relay.Response.json(200, response.text().replace("localhost", "other.example")) : response;
		});
		Run run = Run.ofAlice(this.relay);
		assertFailed(run, 4, Advice.FLOW_ELSEWHERE, "http://other.example");
		assertThat(this.relay.requests(""))
			.noneMatch((request) -> request.uri().getPath().contains("/flows/") && request.method().equals("POST"));
	}

	@Test
	void passwordWhenWrongThenSaysSo() {
		Run run = Run.ofAlice(this.relay, Map.of("PINGONE_USER_PASSWORD", "not-the-password-of-alice"));
		assertFailed(run, 4, Advice.WRONG_PASSWORD, "INVALID_CREDENTIALS");
		assertThat(run.output()).doesNotContain("not-the-password-of-alice");
	}

	@Test
	void passwordWhenWrongTooOftenThenSaysForHowLongItIsLocked() {
		try (LocalProvider own = LocalProvider.start(0); Relay toOwn = Relay.to(own)) {
			Map<String, String> wrong = Map.of("PINGONE_USER_NAME", "bob", "PINGONE_USER_PASSWORD", "wrong");
			Run run = Run.ofAlice(toOwn, wrong);
			for (int tries = 1; tries < 6; tries++) {
				run = Run.ofAlice(toOwn, wrong);
			}
			assertFailed(run, 4, Advice.LOCKED_OUT, "PASSWORD_LOCKED_OUT");
			assertThat(run.output()).containsPattern("seconds until unlock +(899|900)\n");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | {"id":"#","code":"INVALID_DATA","details":[{"code":"INVALID_VALUE","message":"Invalid username and/or password."}]}   | WRONG_PASSWORD  | INVALID_VALUE
					400 | {"id":"#","code":"INVALID_DATA","details":[{"code":"INVALID_CREDENTIALS"}]}                                           | WRONG_PASSWORD  | INVALID_CREDENTIALS
					400 | {"id":"#","code":"INVALID_VALUE","message":"Invalid username and/or password."}                                       | WRONG_PASSWORD  | Invalid username
					400 | {"id":"#","code":"INVALID_DATA","details":[{"code":"PASSWORD_LOCKED_OUT","innerError":{"secondsUntilUnlock":4711}}]}  | LOCKED_OUT      | 4711
					200 | {"status":"FAILED","error":{"id":"#","code":"PASSWORD_LOCKED_OUT","innerError":{"secondsUntilUnlock":4711}}}          | LOCKED_OUT      | 4711
					200 | {"status":"USERNAME_PASSWORD_REQUIRED","error":{"id":"#","code":"INVALID_CREDENTIALS"}}                               | WRONG_PASSWORD  | INVALID_CREDENTIALS
					400 | {"id":"#","code":"INVALID_DATA","details":[{"code":"NO_PASSWORD"}]}                                                   | NO_PASSWORD     | NO_PASSWORD
					400 | {"id":"#","code":"REQUEST_FAILED","details":[{"code":"ACCOUNT_NOT_USABLE"}]}                                          | NOT_ALLOWED     | ACCOUNT_NOT_USABLE
					415 | {"id":"#","code":"INVALID_REQUEST","message":"Unsupported"}                                                           | CREDENTIALS_REFUSED | Unsupported
					404 | {"id":"#","code":"NOT_FOUND"}                                                                                         | NOT_THERE       | NOT_FOUND
					""")
	void passwordWhenRefusedInAnyFormThenSaysWhy(int status, String body, Advice advice, String said) {
		atPasswordCheck((response) -> Relay.Response.json(status, body.replace("#", CORRELATION_ID)));
		assertFailed(Run.ofAlice(this.relay), 4, advice, said, "correlation id   " + CORRELATION_ID);
	}

	@ParameterizedTest
	@CsvSource({ "OTP_REQUIRED, SECOND_FACTOR", "DEVICE_SELECTION_REQUIRED, SECOND_FACTOR",
			"MUST_CHANGE_PASSWORD, PASSWORD_TO_CHANGE", "PASSWORD_EXPIRED, PASSWORD_TO_CHANGE",
			"VERIFICATION_CODE_REQUIRED, USER_TO_VERIFY", "RECOVERY_CODE_REQUIRED, USER_TO_VERIFY",
			"EXTERNAL_AUTHENTICATION_REQUIRED, EXTERNAL", "FAILED, FLOW_FAILED", "UNHEARD_OF, OTHER_STATUS" })
	void flowWhenUnfinishedThenStopsAndSaysWhy(String flowStatus, Advice advice) {
		atPasswordCheck((response) -> Relay.Response.json(200, response.text().replace("COMPLETED", flowStatus)));
		assertFailed(Run.ofAlice(this.relay), 4, advice, flowStatus);
		assertThat(this.relay.requests("/resume")).isEmpty();
	}

	@Test
	void flowWhenUnfinishedFromTheStartThenStopsAndSaysWhy() {
		this.relay.at("/authorize", Faults.json(200, "{\"status\":\"EXTERNAL_AUTHENTICATION_REQUIRED\"}"));
		assertFailed(Run.ofAlice(this.relay), 2, Advice.EXTERNAL);
	}

	@Test
	void resumeWhenThereIsNoCodeThenSaysSo() {
		this.relay.at("/resume", Faults.json(200, "{\"status\":\"COMPLETED\"}"));
		assertFailed(Run.ofAlice(this.relay), 5, Advice.NOT_RESUMED);
	}

	@Test
	void resumeWhenRefusedThenSaysWhy() {
		this.relay.at("/resume", Faults.redirect());
		assertFailed(Run.ofAlice(this.relay), 5, Advice.NOT_RESUMED, "302");
	}

	@Test
	void stateWhenNotTheOneSentThenFails() {
		this.relay.at("/authorize", (exchange) -> exchange.passOn((form) -> form.with("state", "another")));
		assertFailed(Run.ofAlice(this.relay), 5, Advice.OTHER_STATE, "another");
	}

	@Test
	void clientWhenSecretIsWrongThenNamesTheCausesInTheirOrder() {
		Run run = Run.ofAlice(this.relay, Map.of("PINGONE_CLIENT_SECRET",
				"~another.secret_of-the-same-kind~0123456789.0123456789_0123456789-abc"));
		assertFailed(run, 6, Advice.CLIENT_REFUSED, "invalid_client", "Correlation ID", "clock here");
		assertThat(run.output()).containsSubsequence("What to do", "tokenEndpointAuthMethod", "client secret", "clock",
				"signin.assertion.audience");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | {"error":"invalid_grant"}                        | CODE_REFUSED
			400 | {"error":"unauthorized_client"}                  | GRANT_NOT_ENABLED
			400 | {"error":"invalid_scope"}                        | SCOPE
			400 | {"error":"invalid_request"}                      | TOKEN_REQUEST_REFUSED
			400 | <!DOCTYPE html>                                  | NO_TOKENS
			200 | <!DOCTYPE html>                                  | NO_TOKENS
			429 | {"code":"REQUEST_LIMITED"}                       | TOO_MANY_REQUESTS
			503 | {"code":"UNEXPECTED_ERROR"}                      | BROKEN
			""")
	void tokenWhenRefusedThenSaysWhy(int status, String body, Advice advice) {
		this.relay.at("/token", Faults.json(status, body));
		assertFailed(Run.ofAlice(this.relay), 6, advice);
	}

	@Test
	void tokenWhenConnectionBreaksThenUnreachable() {
		this.relay.at("/token", Faults.hangUpHalfway());
		assertFailed(Run.ofAlice(this.relay), 6, Advice.UNREACHABLE, "IOException");
	}

	@Test
	void codeVerifierWhenNotThatOfTheChallengeThenSaysSo() {
		this.relay.at("/token", (exchange) -> exchange.passOn((form) -> form.with("code_verifier",
				form.get("code_verifier").replace(form.get("code_verifier").charAt(0), '~'))));
		assertFailed(Run.ofAlice(this.relay), 6, Advice.CODE_REFUSED, "invalid_grant");
	}

	@Test
	void idTokenWhenMissingThenSaysSo() {
		this.relay.at("/token", Faults.json(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"));
		assertFailed(Run.ofAlice(this.relay), 7, Advice.NO_ID_TOKEN);
	}

	@Test
	void idTokenWhenSignatureIsWrongThenSaysSo() {
		this.relay.at("/token",
				(exchange) -> Relay.Response.json(200,
						exchange.passOn()
							.text()
							.replaceAll("(\"id_token\":\"[^\"]+)[^\"]{40}\"", "$1" + "A".repeat(40) + "\"")));
		assertFailed(Run.ofAlice(this.relay), 7, Advice.ID_TOKEN_INVALID, "ignature");
	}

	@Test
	void idTokenWhenKeysCannotBeHadThenUnreachable() {
		this.relay.at("/jwks", Faults.hangUp());
		assertFailed(Run.ofAlice(this.relay), 7, Advice.UNREACHABLE, "/jwks");
	}

	@Test
	void nonceWhenNotTheOneSentThenFails() {
		this.relay.at("/authorize", (exchange) -> exchange.passOn((form) -> form.with("nonce", "another")));
		assertFailed(Run.ofAlice(this.relay), 7, Advice.OTHER_NONCE);
	}

	@Test
	void userinfoWhenOfSomebodyElseThenFails() {
		this.relay.at("/userinfo", Faults.json(200, "{\"sub\":\"somebody-else\"}"));
		assertFailed(Run.ofAlice(this.relay), 8, Advice.OTHER_SUBJECT, "somebody-else");
	}

	@Test
	void userinfoWhenRefusedThenFails() {
		this.relay.at("/userinfo", (exchange) -> new Relay.Response(401,
				Map.of("WWW-Authenticate", List.of("Bearer error=\"invalid_token\"")), new byte[0]));
		assertFailed(Run.ofAlice(this.relay), 8, Advice.USERINFO_REFUSED, "invalid_token");
	}

	@Test
	void refreshTokenWhenRefusedThenFails() {
		this.relay.at("/token", (exchange) -> exchange.request().form().get("grant_type").equals("refresh_token")
				? Relay.Response.json(400, "{\"error\":\"invalid_grant\"}") : exchange.passOn());
		assertFailed(Run.ofAlice(this.relay), 9, Advice.REFRESH_TOKEN_REFUSED, "invalid_grant");
	}

	@Test
	void signOffWhenItsEndpointHasNoHostThenSaysSo() {
		this.relay.at("/openid-configuration", (exchange) -> Relay.Response.json(200,
				exchange.passOn().text().replaceAll("http:[^\"]+/signoff", "http://localhost:port/signoff")));
		assertFailed(Run.ofAlice(this.relay), 10, Advice.MALFORMED_URL, "end_session_endpoint");
	}

	@Test
	void signOffWhenItEndsElsewhereThenFails() {
		this.relay.at("/signoff", Faults.redirect());
		assertFailed(Run.ofAlice(this.relay), 10, Advice.SIGN_OFF_REFUSED, Faults.ELSEWHERE);
	}

	@Test
	void signOffWhenItEndsOnAPageThenFails() {
		this.relay.at("/signoff", Faults.html());
		assertFailed(Run.ofAlice(this.relay), 10, Advice.SIGN_OFF_REFUSED, "/signed-out");
	}

	@Test
	void whatIsSaidWhenItHoldsControlCharactersThenTheTerminalDoesNotGetThem() {
		this.relay.at("/authorize", Faults.json(400, "{\"error\":\"no\",\"error_description\":\"\\u001b[2Jcleared\"}"));
		Run run = Run.ofAlice(this.relay);
		assertFailed(run, 2, Advice.AUTHORIZE_REFUSED, "?[2Jcleared");
		assertThat(run.output()).doesNotContain("\u001b");
	}

	@ParameterizedTest
	@EnumSource
	void adviceThenSaysWhatItMeansAndWhatToDo(Advice advice) {
		assertThat(advice.meaning()).endsWith(".");
		assertThat(advice.actions()).isNotEmpty().allSatisfy((action) -> assertThat(action).endsWith("."));
	}

	private void atPasswordCheck(UnaryOperator<Relay.Response> change) {
		this.relay.at("", (exchange) -> {
			Relay.Response response = exchange.passOn();
			boolean check = exchange.request().header("Content-Type").contains("usernamePassword.check");
			return check ? change.apply(response) : response;
		});
	}

	private static void assertFailed(Run run, int step, Advice advice, String... said) {
		assertThat(run.output()).contains("FAILED at step " + step + ":", advice.meaning())
			.contains(advice.actions())
			.doesNotContain("SUCCESS", LocalProvider.CLIENT_SECRET, "alice-password");
		assertThat(said).allSatisfy((text) -> assertThat(run.output()).contains(text));
		assertThat(run.status()).isEqualTo(1);
	}

}
