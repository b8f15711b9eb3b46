package com.example.pingone.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options and settings: what is wrong with them is told before the first step.
 */
class WorkflowStartTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "--unknown", "audience", "--tamper", "--tamper everything", "--tamper audience --unknown" })
	void optionsWhenUnknownThenUsage(String options) {
		Run run = Run.with(Map.of(), options.split(" "));
		assertThat(run.output()).contains("NOT STARTED", "--tamper WHAT", "PINGONE_USER_PASSWORD");
		assertThat(run.status()).isEqualTo(2);
	}

	@Test
	void optionsWhenHelpIsWantedThenUsageAndSuccess() {
		Run run = Run.with(Map.of(), "--help");
		assertThat(run.output()).contains("signature, audience, expiry, issuer, secret").doesNotContain("NOT STARTED");
		assertThat(run.status()).isZero();
	}

	@Test
	void settingsWhenMissingThenAllAreNamedAtOnce() {
		Run run = Run.with(Map.of("PINGONE_CLIENT_ID", "given", "PINGONE_USER_NAME", " "));
		assertThat(run.output()).contains("PINGONE_ISSUER", "PINGONE_CLIENT_SECRET", "PINGONE_USER_NAME",
				"PINGONE_USER_PASSWORD");
		assertThat(run.output()).doesNotContain("PINGONE_CLIENT_ID ", "PINGONE_APPLICATION_URL");
		assertThat(run.status()).isEqualTo(2);
	}

	@Test
	void settingsWhenTheApplicationWouldNotStartWithThemThenNeitherDoesTheRun() {
		Run run = Run.with(Map.of("PINGONE_ISSUER", "http://auth.pingone.eu/1/as", "PINGONE_CLIENT_ID", "id",
				"PINGONE_CLIENT_SECRET", LocalProvider.CLIENT_SECRET, "PINGONE_USER_NAME", "alice",
				"PINGONE_USER_PASSWORD", "alice-password"));
		assertThat(run.output()).contains("NOT STARTED").doesNotContain(" 1  ");
		assertThat(run.status()).isEqualTo(2);
	}

	@Test
	void clientSecretWhenInAFileThenIsReadAndAlsoSignsWhatIsFalsified(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("secret"), LocalProvider.CLIENT_SECRET + "\n");
		try (LocalProvider provider = LocalProvider.start(0); Relay relay = Relay.to(provider)) {
			Map<String, String> variables = Run.alice(relay);
			variables.remove("PINGONE_CLIENT_SECRET");
			variables.put("PINGONE_CLIENT_SECRET_FILE", file.toString());
			assertThat(Run.with(variables, "--tamper", "expiry").status()).isZero();
		}
	}

	@Test
	void settingsWhenPrintedThenHoldNoSecret() {
		assertThat(new Settings(Map.of("PINGONE_CLIENT_SECRET", LocalProvider.CLIENT_SECRET)))
			.hasToString("Settings[PINGONE_CLIENT_SECRET]");
	}

}
