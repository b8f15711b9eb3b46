package com.example.signin.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client secret that changes while the application runs, and where it must not appear.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretChangeTests {

	private static final String NEXT_SECRET = "the-next-secret-0123456789-0123456789-0123456789-0123456789-0123";

	private static final Relay RELAY = ProviderForTests.RELAY;

	@BeforeEach
	@AfterEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void signInWhenSecretChangesMeanwhileThenSucceeds(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("secret"), LocalProvider.CLIENT_SECRET);
		try (RunningApplication application = RunningApplication.with("pingone.client-secret=",
				"pingone.client-secret-file=" + file)) {
			Visitor underWay = application.visitor();
			String callback = underWay.signInUpToCallback("/session", "alice");
			Files.writeString(file, NEXT_SECRET);
			ProviderForTests.PROVIDER.changeClientSecret(NEXT_SECRET);
			assertThat(underWay.follow(underWay.open(callback)).uri().getPath()).isEqualTo("/session");
			assertThat(application.visitor().signIn("/profile", "bob").statusCode()).isEqualTo(200);
			assertThat(underWay.open("/profile").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void signInWhenApplicationIsRestartedMeanwhileThenSucceeds() {
		String callback;
		Visitor visitor;
		int port;
		try (RunningApplication before = RunningApplication.with()) {
			port = before.port();
			visitor = before.visitor();
			callback = visitor.signInUpToCallback("/session", "alice");
		}
		try (RunningApplication after = RunningApplication.with("server.port=" + port)) {
			assertThat(after.port()).isEqualTo(port);
			assertThat(visitor.follow(visitor.open(callback)).uri().getPath()).isEqualTo("/session");
		}
	}

	@Test
	void signInWhenEverythingIsLoggedThenNoSecretCodeTokenOrCookieIsAmongIt(CapturedOutput output) throws Exception {
		List<String> secrets = new ArrayList<>(List.of(LocalProvider.CLIENT_SECRET));
		RELAY.at("/token", (exchange) -> {
			Relay.Response answer = exchange.passOn();
			try {
				Form form = exchange.request().form();
				for (String name : List.of("client_assertion", "code", "code_verifier", "refresh_token")) {
					secrets.add(form.get(name));
				}
				JSONObjectUtils.parse(answer.text())
					.forEach((name, value) -> secrets.add(name.endsWith("_token") ? (String) value : ""));
				return answer;
			}
			catch (java.text.ParseException ex) {
				throw new IllegalStateException(ex);
			}
		});
		try (RunningApplication application = RunningApplication.with("debug=true",
				"logging.level.com.example.signin=trace", "signin.preflight.enabled=true")) {
			Visitor visitor = application.visitor();
			visitor.signIn("/session", "alice");
			visitor.cookies().getCookieStore().getCookies().forEach((cookie) -> secrets.add(cookie.getValue()));
		}
		assertThat(secrets.stream().filter((secret) -> !secret.isEmpty()).distinct()).hasSizeGreaterThan(7)
			.allSatisfy((secret) -> assertThat(output.getAll()).doesNotContain(secret));
	}

}
