package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * An accepted client gets as far as its grant, which does not exist: 400 invalid_grant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ClientAuthenticationTests {

	private final Browser browser = new Browser();

	private final LocalProvider provider = LocalProvider.start(0);

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HS256", "HS384", "HS512" })
	void tokenRequestWhenDocumentedAlgorithmThenAccepted(String algorithm) {
		assertAccepted(token(ClientAssertion.signed(tokenEndpoint(), JWSAlgorithm.parse(algorithm),
				LocalProvider.CLIENT_SECRET, (claims) -> {
				})));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void tokenRequestWhenAssertionIsWithinTheRulesThenAccepted(String name, Consumer<JWTClaimsSet.Builder> change) {
		assertAccepted(token(ClientAssertion.with(tokenEndpoint(), change)));
	}

	Stream<Arguments> tokenRequestWhenAssertionIsWithinTheRulesThenAccepted() {
		return Stream.of(change("aud is the issuer", (claims) -> claims.audience(this.provider.issuer())),
				change("aud is an array of one", (claims) -> claims.claim("aud", List.of(tokenEndpoint()))),
				change("exp almost an hour ahead", (claims) -> claims.expirationTime(ClientAssertion.in(3590))),
				change("nbf past", (claims) -> claims.notBeforeTime(ClientAssertion.in(-1))),
				change("iat ahead", (claims) -> claims.issueTime(ClientAssertion.in(30))),
				change("no iat", (claims) -> claims.issueTime(null)), change("no jti", (claims) -> claims.jwtID(null)),
				change("another claim", (claims) -> claims.claim("other", "value")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void tokenRequestWhenAssertionBreaksARuleThenInvalidClient(String name, Consumer<JWTClaimsSet.Builder> change) {
		assertRefused(token(ClientAssertion.with(tokenEndpoint(), change)));
	}

	Stream<Arguments> tokenRequestWhenAssertionBreaksARuleThenInvalidClient() {
		String issuer = this.provider.issuer();
		return Stream.of(change("aud is another endpoint", (claims) -> claims.audience(issuer + "/par")),
				change("aud is the authorization endpoint", (claims) -> claims.audience(issuer + "/authorize")),
				change("aud is the issuer with a slash", (claims) -> claims.audience(issuer + "/")),
				change("aud is the issuer on another host",
						(claims) -> claims.audience(this.provider.issuer("127.0.0.1"))),
				change("aud has several values", (claims) -> claims.audience(List.of(issuer, tokenEndpoint()))),
				change("no aud", (claims) -> claims.audience((String) null)),
				change("exp past",
						(claims) -> claims.issueTime(ClientAssertion.in(-60)).expirationTime(ClientAssertion.in(-2))),
				change("exp more than an hour ahead", (claims) -> claims.expirationTime(ClientAssertion.in(3620))),
				change("no exp", (claims) -> claims.expirationTime(null)),
				change("nbf ahead", (claims) -> claims.notBeforeTime(ClientAssertion.in(30))),
				change("another iss", (claims) -> claims.issuer("other")),
				change("no iss", (claims) -> claims.issuer(null)),
				change("another sub", (claims) -> claims.subject("other")),
				change("no sub", (claims) -> claims.subject(null)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0." })
	void tokenRequestWhenAssertionIsNoSignedJwtThenInvalidClient(String assertion) {
		assertRefused(token(assertion));
	}

	@Test
	void tokenRequestWhenSignedWithAnotherSecretThenInvalidClientAndReasonOnlyInTheLog(CapturedOutput output) {
		String assertion = ClientAssertion.signed(tokenEndpoint(), JWSAlgorithm.HS256,
				LocalProvider.CLIENT_SECRET.toUpperCase(Locale.ROOT), (claims) -> {
				});
		var response = token(assertion);
		assertRefused(response);
		String correlationId = response.headers().firstValue("Correlation-Id").orElseThrow();
		assertThat(output).contains("Invalid signature (Correlation ID: " + correlationId + ")")
			.doesNotContain(assertion)
			.doesNotContain(LocalProvider.CLIENT_SECRET);
	}

	@Test
	void tokenRequestWhenClientIdIsMissingThenAccepted() {
		var form = form(ClientAssertion.of(tokenEndpoint()));
		form.remove("client_id");
		assertAccepted(post("/token", form));
	}

	@Test
	void tokenRequestWhenClientIdDiffersThenInvalidClient() {
		var form = form(ClientAssertion.of(tokenEndpoint()));
		form.put("client_id", "other");
		assertRefused(post("/token", form));
	}

	@Test
	void tokenRequestWhenClientIsUnknownThenInvalidClient() {
		var form = form(ClientAssertion.with(tokenEndpoint(), (claims) -> claims.issuer("other").subject("other")));
		form.put("client_id", "other");
		assertRefused(post("/token", form));
	}

	@Test
	void tokenRequestWhenAssertionTypeDiffersThenInvalidClient() {
		var form = form(ClientAssertion.of(tokenEndpoint()));
		form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
		assertRefused(post("/token", form));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tokenRequestWhenSecretIsPostedThenInvalidClient(boolean withAssertion) {
		var form = form(ClientAssertion.of(tokenEndpoint()));
		form.put("client_secret", LocalProvider.CLIENT_SECRET);
		if (!withAssertion) {
			form.remove("client_assertion");
			form.remove("client_assertion_type");
		}
		assertRefused(post("/token", form));
	}

	@Test
	void tokenRequestWhenBasicHeaderThenInvalidClient() {
		assertRefused(post("/token", form(ClientAssertion.of(tokenEndpoint())), "Authorization", "Basic YTpi"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/token", "/introspect", "/revoke", "/par" })
	void requestWhenNotAuthenticatedThenInvalidClientAndNoRedirect(String endpoint) {
		assertRefused(post(endpoint, Map.of("token", "x"), "Accept", "text/html,*/*"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/introspect", "/revoke" })
	void requestWhenAudienceIsIssuerTokenEndpointOrCalledEndpointThenAccepted(String endpoint) {
		String issuer = this.provider.issuer();
		for (String audience : List.of(issuer, issuer + "/token", issuer + endpoint)) {
			var form = form(ClientAssertion.of(audience));
			form.put("token", "unknown");
			assertThat(post(endpoint, form).statusCode()).isEqualTo(200);
		}
	}

	private static Arguments change(String name, Consumer<JWTClaimsSet.Builder> change) {
		return arguments(name, change);
	}

	private String tokenEndpoint() {
		return this.provider.issuer() + "/token";
	}

	private HttpResponse<String> token(String assertion) {
		return post("/token", form(assertion));
	}

	private HttpResponse<String> post(String endpoint, Map<String, String> form, String... headers) {
		return this.browser.post(this.provider.issuer() + endpoint, form, headers);
	}

	private static Map<String, String> form(String assertion) {
		return new HashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", "unknown", "client_id",
				LocalProvider.CLIENT_ID, "client_assertion_type", ClientAssertion.TYPE, "client_assertion", assertion));
	}

	private static void assertAccepted(HttpResponse<String> response) {
		assertThat(response.body()).contains("invalid_grant");
		assertThat(response.statusCode()).isEqualTo(400);
		assertHasCorrelationId(response);
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
		assertThat(Browser.json(response)).containsOnlyKeys("error", "error_description")
			.containsEntry("error", "invalid_client");
		assertThat(response.body()).contains("Request denied: Unsupported authentication method (Correlation ID: ");
		assertHasCorrelationId(response);
	}

	private static void assertHasCorrelationId(HttpResponse<String> response) {
		String correlationId = response.headers().firstValue("Correlation-Id").orElseThrow();
		assertThat((String) Browser.json(response).get("error_description"))
			.endsWith("(Correlation ID: " + correlationId + ")");
	}

}
