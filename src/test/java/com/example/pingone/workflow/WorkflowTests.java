package com.example.pingone.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.Form;
import com.example.signin.support.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The flow as PingOne documents it, against the local provider.
 */
class WorkflowTests extends WithProvider {

	private static final Pattern TOKENS = Pattern.compile("\"(?:access|refresh|id)_token\":\"([^\"]+)\"");

	@Test
	void runWhenNothingIsConfiguredThenSignsInAtAProviderOfItsOwn() {
		Run run = Run.with(Map.of("PINGONE_APPLICATION_URL", "http://localhost:18080"));
		assertThat(run.output()).contains("Nothing is configured", "http://localhost:18080/login/oauth2/code/pingone",
				"SUCCESS  signed in as");
		assertThat(run.status()).isZero();
	}

	@Test
	void runThenTakesTheDocumentedSteps() {
		Run run = Run.ofAlice(this.relay);
		assertThat(run.output()).contains(" 1  Discover the provider", " 2  Send the authorization request",
				" 3  Read the flow", " 4  Check user name and password", " 5  Resume the authorization request",
				" 6  Exchange the code for tokens", " 7  Verify the ID token", " 8  Read the userinfo",
				" 9  Renew the tokens", "10  Sign off", "SUCCESS  signed in as", ", renewed, signed off");
		assertThat(run.status()).isZero();
		Form authorize = this.relay.requests("/authorize").get(0).form();
		assertThat(authorize.parameters()).containsEntry("response_mode", "pi.flow")
			.containsEntry("code_challenge_method", "S256")
			.containsEntry("redirect_uri", "http://localhost:8080/login/oauth2/code/pingone")
			.containsKeys("state", "nonce", "code_challenge");
		Relay.Request check = requests("POST", "/flows/").get(0);
		assertThat(check.header("Content-Type")).isEqualTo("application/vnd.pingidentity.usernamePassword.check+json");
		assertThat(check.header("Accept")).isEqualTo("*/*");
		assertThat(this.relay.requests("/token")).extracting((request) -> request.form().get("grant_type"))
			.containsExactly("authorization_code", "refresh_token");
		assertThat(this.relay.requests("/token")).extracting((request) -> request.form().get("client_assertion"))
			.doesNotContain("")
			.doesNotHaveDuplicates();
	}

	@Test
	void runThenPrintsWhatTheJwtsSay() {
		Run run = Run.ofAlice(this.relay);
		String issuer = this.relay.issuer("localhost");
		assertThat(run.output()).containsSubsequence(" 6  ", "client assertion, decoded", "header  alg", "HS256",
				"claim   aud", issuer + "/token\n", " 7  ", "ID token, decoded", "header  alg", "RS256", "claim   iss",
				issuer + "\n");
	}

	@Test
	void runThenPrintsNoSecret() {
		List<String> secrets = new ArrayList<>(List.of("alice-password", LocalProvider.CLIENT_SECRET));
		this.relay.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn();
			TOKENS.matcher(response.text()).results().forEach((token) -> secrets.add(token.group(1)));
			return response;
		});
		Run run = Run.ofAlice(this.relay);
		assertThat(run.status()).isZero();
		assertThat(secrets).hasSize(8);
		for (Relay.Request request : this.relay.requests("/token")) {
			Stream.of("code", "code_verifier", "client_assertion")
				.map(request.form()::get)
				.filter((value) -> !value.isEmpty())
				.forEach(secrets::add);
		}
		assertThat(secrets).hasSize(12);
		cookies().forEach(secrets::add);
		assertThat(secrets).hasSizeGreaterThan(12)
			.allSatisfy((secret) -> assertThat(run.output()).doesNotContain(secret));
		// The signature of a JWT is at its end.
		assertThat(secrets).filteredOn((secret) -> secret.length() > 24)
			.allSatisfy((secret) -> assertThat(run.output()).doesNotContain(secret.substring(secret.length() - 16)));
	}

	@Test
	void cookieWhenAsPingOneSetsItThenIsSentBackAsBrowsersDo() {
		this.relay.at("", (exchange) -> {
			Relay.Response response = exchange.passOn();
			return new Relay.Response(response.status(), withCookiesAsOfPingOne(response.headers()), response.body());
		});
		Run run = Run.ofAlice(this.relay);
		assertThat(run.status()).isZero();
		assertThat(this.relay.requests("/resume").get(0).header("Cookie")).matches("ST=[0-9A-F-]+");
		assertThat(this.relay.requests("/token").get(0).header("Cookie")).isEmpty();
	}

	@Test
	void refreshTokenWhenMissingThenStepIsSkippedAndToldSo() {
		this.relay.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn();
			return Relay.Response.json(response.status(),
					response.text().replaceAll("\"refresh_token\":\"[^\"]+\",?", ""));
		});
		Run run = Run.ofAlice(this.relay);
		assertThat(run.output()).contains("skipped", "SUCCESS  signed in as", "not renewed");
		assertThat(run.status()).isZero();
		assertThat(this.relay.requests("/token")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "end_session_endpoint, 'renewed, not signed off'", "userinfo_endpoint, 'renewed, signed off'" })
	void endpointWhenNotInTheMetadataThenStepIsSkippedAndToldSo(String endpoint, String outcome) {
		this.relay.at("/openid-configuration", (exchange) -> Relay.Response.json(200,
				exchange.passOn().text().replace("\"" + endpoint + "\"", "\"another_endpoint\"")));
		Run run = Run.ofAlice(this.relay);
		assertThat(run.output()).containsPattern("skipped +the provider's metadata names no " + endpoint)
			.contains("SUCCESS  signed in as", outcome);
		assertThat(run.status()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void tamperWhenRefusedThenSuccess(Tamper tamper) {
		Run run = Run.ofAlice(this.relay, "--tamper", tamper.toString());
		assertThat(run.output()).contains("SUCCESS  refused, as it should be", "invalid_client");
		assertThat(run.status()).isZero();
		assertThat(this.relay.requests("/token")).hasSize(2);
		assertThat(this.relay.requests("/signoff")).singleElement()
			.satisfies((request) -> assertThat(request.uri().getQuery()).contains("id_token_hint="));
	}

	@ParameterizedTest
	@EnumSource
	void tamperWhenAcceptedThenFailure(Tamper tamper) {
		this.relay.at("/token", Faults.json(200, "{\"access_token\":\"accepted\",\"token_type\":\"Bearer\"}"));
		Run run = Run.ofAlice(this.relay, "--tamper", tamper.toString());
		assertThat(run.output()).contains("FAILED at step 6", "was ACCEPTED").doesNotContain("SUCCESS");
		assertThat(run.status()).isEqualTo(1);
	}

	@Test
	void tamperWhenUntouchedAssertionIsRefusedTooThenProvesNothing() {
		Map<String, String> variables = Run.alice(this.relay);
		variables.put("PINGONE_CLIENT_SECRET", "~another.secret_of-the-same-kind~0123456789.0123456789_0123456789-abc");
		Run run = Run.with(variables, "--tamper", "audience");
		assertThat(run.output()).contains("FAILED at step 7", "tokenEndpointAuthMethod").doesNotContain("SUCCESS");
		assertThat(run.status()).isEqualTo(1);
	}

	@Test
	void tamperWhenCodeIsUsedUpByTheRefusalThenClientWasAccepted() {
		this.relay.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn();
			return (response.status() == 401) ? response : Relay.Response.json(400, "{\"error\":\"invalid_grant\"}");
		});
		Run run = Run.ofAlice(this.relay, "--tamper", "secret");
		assertThat(run.output()).contains("invalid_grant", "SUCCESS  refused, as it should be");
		assertThat(run.status()).isZero();
		assertThat(this.relay.requests("/signoff")).singleElement()
			.satisfies((request) -> assertThat(request.uri().getQuery()).doesNotContain("id_token_hint"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_grant", "invalid_request", "unauthorized_client", "invalid_scope",
			"unsupported_grant_type" })
	void tamperWhenRefusedForAnotherReasonThanTheClientThenFailure(String error) {
		this.relay.at("/token", (exchange) -> {
			boolean first = this.relay.requests("/token").size() == 1;
			return first ? Relay.Response.json(400, "{\"error\":\"" + error + "\"}") : exchange.passOn();
		});
		Run run = Run.ofAlice(this.relay, "--tamper", "secret");
		assertThat(run.output()).contains("FAILED at step 6", error, Advice.TAMPERED_UNCLEAR.meaning())
			.doesNotContain("SUCCESS");
		assertThat(run.status()).isEqualTo(1);
	}

	private List<Relay.Request> requests(String method, String pathPart) {
		return this.relay.requests("")
			.stream()
			.filter((request) -> request.method().equals(method) && request.uri().getPath().contains(pathPart))
			.toList();
	}

	private Stream<String> cookies() {
		return this.relay.requests("")
			.stream()
			.map((request) -> request.header("Cookie"))
			.filter((cookie) -> !cookie.isEmpty())
			.map((cookie) -> cookie.substring(cookie.indexOf('=') + 1))
			.distinct();
	}

	private static Map<String, List<String>> withCookiesAsOfPingOne(Map<String, List<String>> headers) {
		Map<String, List<String>> changed = new LinkedHashMap<>(headers);
		changed.replaceAll((name, values) -> name.equalsIgnoreCase("Set-Cookie")
				? values.stream().map((value) -> value + "; Max-Age=2592000; Secure; SameSite=None").toList() : values);
		return changed;
	}

}
