package com.example.signin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningJar;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar as it ships.
 */
@Timeout(180)
class JarIT {

	@TempDir
	Path folder;

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void jarThenHoldsNoTestNoProviderAndNoDemoUser() throws IOException {
		try (JarFile jar = new JarFile(RunningJar.JAR.toFile())) {
			List<String> names = jar.stream().map(JarEntry::getName).toList();
			assertThat(names)
				.contains("BOOT-INF/classes/com/example/signin/SigninApplication.class",
						"META-INF/sbom/application.cdx.json", "META-INF/build-info.properties")
				.noneMatch((name) -> name.contains("com/example/pingone") || name.contains("Tests.class")
						|| name.contains("authorization-server") || name.contains("junit"));
			for (JarEntry entry : jar.stream()
				.filter((entry) -> entry.getName().contains("BOOT-INF/classes"))
				.toList()) {
				String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
				assertThat(content).as(entry.getName())
					.doesNotContain("alice-password", LocalProvider.CLIENT_SECRET, LocalProvider.CLIENT_ID);
			}
		}
	}

	@Test
	void jarWhenStartedThenSignsInAndStopsCleanly() throws Exception {
		try (RunningJar jar = RunningJar.start(this.folder, RunningJar.settings(this.folder))) {
			assertThat(signIn(jar)).contains("Alice Example");
			jar.process().destroy();
			assertStops(jar.process());
		}
	}

	@Test
	void jarWhenLogIsStructuredThenSoIsTheAuditTrail() throws Exception {
		Map<String, String> settings = RunningJar.settings(this.folder);
		settings.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
		settings.put("SIGNIN_PREFLIGHT_ENABLED", "false");
		List<Map<String, Object>> audit = new ArrayList<>();
		try (RunningJar jar = RunningJar.start(this.folder, settings)) {
			assertThat(signIn(jar)).contains("Alice Example");
			for (String line : jar.output().lines().toList()) {
				Map<String, Object> fields = JSONObjectUtils.parse(line);
				if ("audit".equals(JSONObjectUtils.getJSONObject(fields, "log").get("logger"))) {
					audit.add(fields);
				}
			}
		}
		Map<String, Object> signIn = audit.get(audit.size() - 1);
		assertThat(signIn).containsEntry("message", "SIGNED_IN").containsKey("requestId");
		Map<String, Object> event = JSONObjectUtils.getJSONObject(signIn, "audit");
		assertThat(event).containsEntry("type", "SIGNED_IN")
			.containsEntry("requestId", signIn.get("requestId"))
			.containsKeys("time", "sub", "sid", "jti");
		assertThat(JSONObjectUtils.getJSONObject(audit.get(audit.size() - 2), "audit"))
			.containsEntry("type", "CLIENT_ASSERTION_SIGNED")
			.containsEntry("jti", event.get("jti"));
	}

	@Test
	void jarWhenToldToStopThenFinishesTheRequestInFlight() throws Exception {
		CountDownLatch waiting = new CountDownLatch(1);
		ProviderForTests.RELAY.at("/token", (exchange) -> {
			waiting.countDown();
			return Faults.never().apply(exchange);
		});
		Map<String, String> settings = RunningJar.settings(this.folder);
		settings.put("SIGNIN_PREFLIGHT_ENABLED", "false");
		try (RunningJar jar = RunningJar.start(this.folder, settings)) {
			Visitor visitor = visitor(jar);
			String callback = visitor.signInUpToCallback("/profile", "alice");
			CompletableFuture<HttpResponse<String>> page = CompletableFuture.supplyAsync(() -> visitor.open(callback));
			assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
			jar.process().destroy();
			assertThat(page).isNotDone();
			assertThat(page.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
			assertThat(page.get().body()).contains("Sign-in is unavailable");
			assertStops(jar.process());
		}
	}

	@Test
	void jarWhenEverythingIsLoggedThenTheClientSecretIsNotAmongIt() throws Exception {
		Map<String, String> settings = RunningJar.settings(this.folder);
		settings.put("LOGGING_LEVEL_ROOT", "TRACE");
		byte[] secret = LocalProvider.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8);
		try (RunningJar jar = RunningJar.start(this.folder, settings)) {
			assertThat(signIn(jar)).contains("Alice Example");
			jar.process().destroy();
			assertThat(jar.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(jar.output()).contains("TRACE")
				.doesNotContain("client_assertion")
				.doesNotContain(LocalProvider.CLIENT_SECRET)
				.doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(secret))
				.doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
		}
	}

	@Test
	void jarWhenNothingIsSetThenEndsWithOneMessage() throws Exception {
		assertRefused(Map.of("SERVER_PORT", "0"), "pingone.issuer (environment variable PINGONE_ISSUER) is missing.");
	}

	@ParameterizedTest
	@CsvSource({ "PINGONE_CLIENT_SECRET_FILE, /no/such/file, PINGONE_CLIENT_SECRET_FILE) names /no/such/file",
			"SIGNIN_ASSERTION_ALGORITHM, RS256, SIGNIN_ASSERTION_ALGORITHM) is 'RS256'" })
	void jarWhenAVariableIsWrongThenEndsWithOneMessage(String variable, String value, String message) throws Exception {
		Map<String, String> settings = RunningJar.settings(this.folder);
		settings.put(variable, value);
		assertRefused(settings, message);
	}

	private void assertRefused(Map<String, String> settings, String message) throws Exception {
		try (RunningJar jar = RunningJar.start(this.folder, settings)) {
			assertThat(jar.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(jar.process().exitValue()).isEqualTo(1);
			assertThat(jar.output()).containsOnlyOnce("APPLICATION FAILED TO START")
				.containsPattern("Description:\n\n[^\n]*" + Pattern.quote(message))
				.contains("Action:\n\n")
				.doesNotContain(" WARN ", "Exception", "\tat ", LocalProvider.CLIENT_SECRET);
		}
	}

	private static void assertStops(Process process) throws InterruptedException {
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
	}

	private static String signIn(RunningJar jar) {
		Visitor visitor = visitor(jar);
		assertThat(visitor.fetch("/readyz").statusCode()).isEqualTo(200);
		return visitor.signIn("/profile", "alice").body();
	}

	private static Visitor visitor(RunningJar jar) {
		int port = jar.awaitPort();
		ProviderForTests.PROVIDER.allowApplication("http://localhost:" + port);
		return Visitor.of(port);
	}

}
