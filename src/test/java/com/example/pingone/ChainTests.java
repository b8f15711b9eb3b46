package com.example.pingone;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.example.pingone.local.LocalProvider;
import com.example.pingone.setup.Setup;
import com.example.pingone.workflow.Run;
import com.example.signin.SigninApplication;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Ticker;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of a team from an empty environment on: set-up, flow, application, new secret.
 */
class ChainTests {

	private static final String USER = "carol";

	private static final Pattern PASSWORD = Pattern.compile("with the password (\\S+) ");

	@TempDir
	Path folder = Path.of("");

	private final Ticker clock = new Ticker();

	private final LocalProvider provider = LocalProvider.start(0, this.clock);

	private String applicationUrl = "http://localhost:8080";

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void environmentWhenPreparedThenSignsInByFlowAndBrowserAndThroughARotation() {
		String password = password(setUp());
		assertThat(walk(password)).contains("SUCCESS  signed in as");
		try (RunningApplication application = applicationWithDotEnv()) {
			this.applicationUrl = "http://localhost:" + application.port();
			assertThat(setUp()).contains(this.applicationUrl + "/login/oauth2/code/pingone");
			Visitor early = application.visitor();
			assertThat(signIn(early, password).body()).contains("Carol");
			Visitor underWay = application.visitor();
			HttpResponse<String> signOnPage = underWay.follow(underWay.open("/profile"));

			assertThat(setUp("--rotate")).contains("rotated; the old one works until");

			assertThat(underWay.follow(underWay.signOn(signOnPage, USER, password)).body()).contains("Carol");
			assertThat(early.open("/profile").statusCode()).isEqualTo(200);
			this.clock.advance(Duration.ofHours(2));
			assertThat(signIn(application.visitor(), password).body()).contains("Carol");
		}
		assertThat(walk(password)).contains("SUCCESS  signed in as");
		assertThat(walk(password, "--tamper", "secret")).contains("SUCCESS  refused, as it should be");
		assertThat(setUp()).contains("nothing to change");
	}

	private String setUp(String... options) {
		String origin = "http://localhost:" + this.provider.port();
		String environmentId = URI.create(this.provider.issuer()).getPath().replaceAll("^/|/as$", "");
		Map<String, String> variables = Map.of("PINGONE_API_URL", origin + "/v1", "PINGONE_AUTH_URL", origin,
				"PINGONE_ENVIRONMENT_ID", environmentId, "PINGONE_ADMIN_ENVIRONMENT_ID", environmentId,
				"PINGONE_ADMIN_CLIENT_ID", LocalProvider.WORKER_CLIENT_ID, "PINGONE_ADMIN_CLIENT_SECRET",
				LocalProvider.WORKER_CLIENT_SECRET, "PINGONE_USER_NAME", USER, "PINGONE_APPLICATION_URL",
				this.applicationUrl);
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		int status = new Setup(variables, this.folder, new PrintStream(printed, true, StandardCharsets.UTF_8))
			.run(options);
		String output = printed.toString(StandardCharsets.UTF_8);
		assertThat(status).as(output).isZero();
		return output;
	}

	private String walk(String password, String... options) {
		Map<String, String> variables = new HashMap<>(dotEnv().settings());
		variables.put("PINGONE_USER_PASSWORD", password);
		Run run = Run.with(variables, options);
		assertThat(run.status()).as(run.output()).isZero();
		return run.output();
	}

	private RunningApplication applicationWithDotEnv() {
		return new RunningApplication(new SpringApplicationBuilder(SigninApplication.class)
			.initializers((context) -> dotEnv().addTo(context.getEnvironment()))
			.run("--server.port=0", "--signin.preflight.enabled=false"));
	}

	private DotEnv dotEnv() {
		return DotEnv.read(this.folder.resolve(DotEnv.FILE));
	}

	private static HttpResponse<String> signIn(Visitor visitor, String password) {
		HttpResponse<String> signOnPage = visitor.follow(visitor.open("/profile"));
		return visitor.follow(visitor.signOn(signOnPage, USER, password));
	}

	private static String password(String output) {
		Matcher password = PASSWORD.matcher(output);
		assertThat(password.find()).as(output).isTrue();
		return password.group(1);
	}

}
