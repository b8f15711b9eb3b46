package com.example.signin.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.example.pingone.local.LocalProvider;
import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.ClientSecretChanged;
import com.example.signin.audit.PreflightConcluded;
import com.example.signin.support.AuditEvents;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class PreflightTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final String ENABLED = "signin.preflight.enabled=true";

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void preflightWhenAssertionIsAcceptedThenUp(CapturedOutput output) throws Exception {
		try (RunningApplication application = RunningApplication.with(ENABLED)) {
			Health health = awaitOutcome(application, "accepted");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(output.getOut().lines().filter((line) -> line.contains("Preflight: accepted"))).hasSize(1);
			SignedJWT assertion = SignedJWT.parse(RELAY.requests("/token").get(0).form().get("client_assertion"));
			assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo(LocalProvider.CLIENT_ID);
		}
	}

	@Test
	void preflightWhenSecretIsWrongThenUnknownWithTheLikelyCausesAndStillInService(CapturedOutput output) {
		try (RunningApplication application = RunningApplication.with(ENABLED,
				"pingone.client-secret=another-secret-of-sufficient-length-0123456789")) {
			Health health = awaitOutcome(application, "rejected");
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(output).contains("WARN", "invalid_client", "tokenEndpointAuthMethod", "wrong or was rotated",
					" s ahead of the provider's)", "signin.assertion.audience");
			assertThat(application.visitor().fetch("/readyz").statusCode()).isEqualTo(200);
			assertThat(application.visitor().fetch("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void preflightWhenProviderIsDownThenUnreachable() {
		RELAY.at("/.well-known/openid-configuration", (exchange) -> Relay.Response.json(500, "{}"));
		try (RunningApplication application = RunningApplication.with(ENABLED)) {
			assertThat(awaitOutcome(application, "unreachable").getStatus()).isEqualTo(Status.UNKNOWN);
		}
	}

	@Test
	void preflightWhenAnswerSaysNothingAboutTheClientThenUnclear() {
		RELAY.at("/token", (exchange) -> Relay.Response.json(400, "{\"error\":\"invalid_request\"}"));
		try (RunningApplication application = RunningApplication.with(ENABLED)) {
			awaitOutcome(application, "unclear");
		}
	}

	@Test
	void preflightWhenSecretFileChangesThenAgain(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("secret"), "another-secret-of-sufficient-length-0123456789");
		try (RunningApplication application = RunningApplication.with(ENABLED, "pingone.client-secret=",
				"pingone.client-secret-file=" + file)) {
			awaitOutcome(application, "rejected");
			AuditEvents events = AuditEvents.of(application.context());
			Files.writeString(file, LocalProvider.CLIENT_SECRET);
			application.visitor().open("/profile");
			awaitOutcome(application, "accepted");
			await().until(() -> !events.all(PreflightConcluded.class).isEmpty());
			assertThat(events.all(PreflightConcluded.class)).extracting(PreflightConcluded::outcome)
				.containsExactly("accepted");
			assertThat(events.all(ClientSecretChanged.class)).hasSize(1);
			assertThat(events.all(ClientAssertionSigned.class)).extracting(ClientAssertionSigned::purpose)
				.containsExactly("preflight");
		}
	}

	@Test
	void preflightWhenSwitchedOffThenNoRequest() {
		try (RunningApplication application = RunningApplication.with("signin.preflight.enabled=false")) {
			assertThat(application.context().getBeansOfType(Preflight.class)).isEmpty();
			assertThat(RELAY.requests("/token")).isEmpty();
		}
	}

	private static Health awaitOutcome(RunningApplication application, String outcome) {
		Preflight preflight = application.context().getBean(Preflight.class);
		return await().atMost(Duration.ofSeconds(20))
			.until(preflight::health, (health) -> outcome.equals(health.getDetails().get("outcome")));
	}

}
