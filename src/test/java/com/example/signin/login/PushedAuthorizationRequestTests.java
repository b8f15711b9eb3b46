package com.example.signin.login;

import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.SignedIn;
import com.example.signin.support.AuditEvents;
import com.example.signin.support.Faults;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushed authorization requests (RFC 9126).
 */
@SigninTest
@TestPropertySource(properties = "signin.authorization-request.method=pushed")
@ExtendWith(OutputCaptureExtension.class)
class PushedAuthorizationRequestTests {

	private static final String PAR = "/par";

	private static final String METADATA = "/.well-known/openid-configuration";

	@LocalServerPort
	int port;

	@Autowired
	ConfigurableApplicationContext context;

	@Test
	void requestWhenPushedThenAuthenticatedByAssertionAndTheBrowserCarriesAReference() {
		AuditEvents events = AuditEvents.of(this.context);
		Visitor visitor = Visitor.of(this.port);
		var redirect = Form.ofQuery(Visitor.location(visitor.open("/profile")));
		assertThat(redirect.parameters()).containsOnlyKeys("client_id", "request_uri");
		Form pushed = ProviderForTests.RELAY.requests(PAR).get(0).form();
		assertThat(pushed.parameters()).containsOnlyKeys("response_type", "client_id", "scope", "state", "redirect_uri",
				"nonce", "code_challenge", "code_challenge_method", "client_assertion", "client_assertion_type");
		assertThat(pushed.get("redirect_uri"))
			.isEqualTo("http://localhost:" + this.port + "/login/oauth2/code/pingone");
		assertThat(events.all(ClientAssertionSigned.class)).extracting(ClientAssertionSigned::purpose)
			.containsExactly("pushed_authorization_request");
	}

	@Test
	void signInWhenPushedThenLandsOnThePageWantedAndIsJoinedToBothAssertions() {
		AuditEvents events = AuditEvents.of(this.context);
		var page = Visitor.of(this.port).signIn("/session?a=b+c", "alice");
		assertThat(page.uri().toString()).endsWith("/session?a=b+c");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(events.requestIds(ClientAssertionSigned.class))
			.containsExactly(events.all(SignedIn.class).get(0).startedBy(), events.requestIds(SignedIn.class).get(0));
	}

	@Test
	void requestWhenRefusedThenPageAndLogTellAndNothingIsSentAnotherWay(CapturedOutput output) {
		ProviderForTests.RELAY.at(PAR, (exchange) -> Relay.Response.json(401,
				"{\"error\":\"invalid_client\",\"error_description\":\"Request denied\"}"));
		assertThat(statusOfStart()).isEqualTo(502);
		assertThat(output).contains("Sign-in failed, PROVIDER_REFUSED: invalid_client (Request denied)");
		ProviderForTests.RELAY.at(PAR, Faults.json(200, "{\"expires_in\":60}"));
		assertThat(statusOfStart()).isEqualTo(502);
		assertThat(output).contains("pushed_authorization_request_failed (The provider's answer has no request_uri)");
		assertThat(ProviderForTests.RELAY.requests("/authorize")).isEmpty();
	}

	@Test
	void requestWhenTheEndpointIsBrokenThenUnavailable() {
		ProviderForTests.RELAY.at(PAR, Faults.status(500));
		assertThat(statusOfStart()).isEqualTo(503);
		ProviderForTests.RELAY.at(PAR, Faults.json(200, "[]"));
		assertThat(statusOfStart()).isEqualTo(503);
	}

	@Test
	void referenceWhenExpiredThenStartAgain() {
		Visitor visitor = Visitor.of(this.port);
		visitor.open("/profile");
		String state = ProviderForTests.RELAY.requests(PAR).get(0).form().get("state");
		var page = visitor.open("/login/oauth2/code/pingone?error=invalid_request_uri&state=" + state);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Please start again");
	}

	@Test
	void metadataWhenWithoutTheEndpointThenNoDowngrade(CapturedOutput output) {
		ProviderForTests.RELAY.at(METADATA, (exchange) -> exchange.passOn()
			.changed((metadata) -> assertThat(metadata.remove("pushed_authorization_request_endpoint")).isNotNull()));
		try (var application = RunningApplication.with("signin.authorization-request.method=pushed")) {
			assertThat(application.visitor().open("/profile").statusCode()).isEqualTo(502);
			assertThat(output).contains("The provider's metadata has no pushed_authorization_request_endpoint");
		}
	}

	@Test
	void metadataWhenItRequiresPushedRequestsThenPushedWithoutASetting() {
		ProviderForTests.RELAY.at(METADATA,
				(exchange) -> exchange.passOn()
					.changed((metadata) -> assertThat(metadata.put("require_pushed_authorization_requests", true))
						.isEqualTo(false)));
		try (var application = RunningApplication.with()) {
			assertThat(Form.ofQuery(Visitor.location(application.visitor().open("/profile"))).parameters())
				.containsOnlyKeys("client_id", "request_uri");
		}
	}

	private int statusOfStart() {
		var page = Visitor.of(this.port).open("/profile");
		assertThat(page.headers().firstValue("Location")).isEmpty();
		return page.statusCode();
	}

}
