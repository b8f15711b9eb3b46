package com.example.pingone.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import com.example.pingone.DotEnv;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./mvnw spring-boot:test-run} starts: which provider people sign in with, by
 * what is set.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalApplicationTests {

	@TempDir
	Path folder = Path.of("");

	private final LocalProvider other = LocalProvider.start(0);

	private int providerPort;

	@BeforeEach
	void findPort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.providerPort = free.getLocalPort();
		}
	}

	@AfterEach
	void stop() {
		this.other.close();
	}

	@Test
	void applicationWhenDotEnvNamesAnIssuerThenPeopleSignInThere(CapturedOutput output) {
		writeDotEnv(this.other.issuer());
		try (ConfigurableApplicationContext application = start()) {
			assertThat(output).contains("Settings from .env: people sign in with " + this.other.issuer())
				.doesNotContain("a local stand-in for PingOne");
			assertThat(signOnPage(application)).hasPort(this.other.port()).hasPath(Paths.SIGNON);
		}
	}

	@Test
	void applicationWhenAnArgumentNamesAnotherIssuerThanDotEnvThenPeopleSignInThere(CapturedOutput output) {
		writeDotEnv("http://localhost:" + this.providerPort + Paths.ISSUER);
		try (ConfigurableApplicationContext application = start("--pingone.issuer=" + this.other.issuer())) {
			assertThat(output).contains("No local provider: people sign in with " + this.other.issuer())
				.doesNotContain("a local stand-in for PingOne");
			assertThat(signOnPage(application)).hasPort(this.other.port()).hasPath(Paths.SIGNON);
		}
	}

	@Test
	void applicationWhenNothingIsSetThenPeopleSignInWithTheLocalProvider(CapturedOutput output) {
		try (ConfigurableApplicationContext application = start()) {
			assertThat(output).contains("a local stand-in for PingOne").doesNotContain("people sign in with");
			assertThat(signOnPage(application)).hasPort(this.providerPort).hasPath(Paths.SIGNON);
			assertThat(application.getEnvironment().getProperty("signin.roles.claim")).isEqualTo("groups");
		}
	}

	@Test
	void issuerWhenSetInARealVariableThenWinsOverDotEnvAndLosesToAnArgument() {
		DotEnv dotEnv = new DotEnv(Map.of("PINGONE_ISSUER", "http://localhost/file"));
		assertThat(LocalApplication.givenIssuer(withVariables(Map.of()), dotEnv)).isEqualTo("http://localhost/file");
		var variables = Map.<String, Object>of("PINGONE_ISSUER", "http://localhost/variable");
		assertThat(LocalApplication.givenIssuer(withVariables(variables), dotEnv))
			.isEqualTo("http://localhost/variable");
		assertThat(LocalApplication.givenIssuer(withVariables(variables), dotEnv,
				"--pingone.issuer=http://localhost/argument"))
			.isEqualTo("http://localhost/argument");
	}

	private void writeDotEnv(String issuer) {
		DotEnv.write(this.folder.resolve(DotEnv.FILE), Map.of("PINGONE_ISSUER", issuer, "PINGONE_CLIENT_ID",
				LocalProvider.CLIENT_ID, "PINGONE_CLIENT_SECRET", LocalProvider.CLIENT_SECRET));
	}

	private ConfigurableApplicationContext start(String... args) {
		String[] all = new String[args.length + 1];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--server.port=0";
		return LocalApplication.start(this.folder.resolve(DotEnv.FILE), this.providerPort, all);
	}

	private URI signOnPage(ConfigurableApplicationContext application) {
		int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		this.other.allowApplication("http://localhost:" + port);
		Visitor visitor = Visitor.of(port);
		return visitor.follow(visitor.open("/profile")).uri();
	}

	private static StandardEnvironment withVariables(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
		return environment;
	}

}
