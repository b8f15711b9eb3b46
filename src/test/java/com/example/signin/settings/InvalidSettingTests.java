package com.example.signin.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.example.signin.SigninApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Settings with which the application must not start, and what it says.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidSettingTests {

	private static final String SECRET = "0123456789.abcdefghijklmnopqrstuvwxyz~ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	private static final String REGISTRATION = "spring.security.oauth2.client.registration.pingone.";

	static Stream<Arguments> invalid() {
		return Stream.of(
				invalid("pingone.issuer", "", "pingone.issuer (environment variable PINGONE_ISSUER) is missing"),
				invalid("pingone.issuer", "auth.pingone.eu/x/as",
						"PINGONE_ISSUER) is 'auth.pingone.eu/x/as', which is"),
				invalid("pingone.issuer", "http://auth.pingone.eu/x/as", "an issuer begins with https://"),
				invalid("pingone.issuer", "http://localhost.example.com/as", "an issuer begins with https://"),
				invalid("pingone.issuer", "https://auth.pingone.eu/x/as?a=b", "neither a query nor a fragment"),
				invalid("pingone.issuer", "https://auth.pingone.eu/x/as#a", "neither a query nor a fragment"),
				invalid("pingone.issuer", "https://user:password@auth.pingone.eu/x/as", "a user name or password"),
				invalid("pingone.issuer", "https://auth.pingone.eu/x/as/", "does not end with a slash"),
				invalid("pingone.issuer", "https://auth.pingone.eu:/x/as", "which is not a URL"),
				invalid("pingone.client-id", "", "PINGONE_CLIENT_ID) is missing"),
				invalid("pingone.client-secret", "", "PINGONE_CLIENT_SECRET) is missing"),
				invalid("pingone.client-secret", SECRET.substring(0, 31),
						"31 bytes; the signature needs one of at least 32"),
				invalid("pingone.client-secret-file", "/there/is/no/such/file",
						"pingone.client-secret (environment variable PINGONE_CLIENT_SECRET) and PINGONE_CLIENT_SECRET_FILE are both"),
				invalid("signin.assertion.lifetime", "0s", "SIGNIN_ASSERTION_LIFETIME) is 0s"),
				invalid("signin.assertion.lifetime", "-1s", "SIGNIN_ASSERTION_LIFETIME) is -1s"),
				invalid("signin.assertion.lifetime", "61m", "SIGNIN_ASSERTION_LIFETIME) is 1h1m"),
				invalid("signin.assertion.lifetime", "soon", "SIGNIN_ASSERTION_LIFETIME) is 'soon', not a duration"),
				invalid("signin.assertion.algorithm", "HS1024",
						"SIGNIN_ASSERTION_ALGORITHM) is 'HS1024', not one of HS256, HS384, HS512"),
				invalid("signin.assertion.algorithm", "RS256", "is 'RS256', not one of HS256, HS384, HS512"),
				invalid("signin.assertion.audience", "everybody",
						"SIGNIN_ASSERTION_AUDIENCE) is 'everybody', not one of token-endpoint, issuer"),
				invalid("signin.id-token.algorithms", "none",
						"SIGNIN_ID_TOKEN_ALGORITHMS) is 'none', not one of RS256, RS384, RS512, ES256"),
				invalid("signin.id-token.algorithms", "RS256,HS256", "is 'HS256', not one of RS256, RS384, RS512"),
				invalid("signin.id-token.algorithms", "", "SIGNIN_ID_TOKEN_ALGORITHMS) names no algorithm"),
				invalid("signin.userinfo", "sometimes",
						"SIGNIN_USERINFO) is 'sometimes', not one of auto, always, never"),
				invalid(REGISTRATION + "scope", "profile", "REGISTRATION_PINGONE_SCOPE) lacks openid"),
				invalid(REGISTRATION + "redirect-uri", "{baseUrl}/{action}/oauth2/code/{registrationId}",
						"REGISTRATION_PINGONE_REDIRECT_URI) contains {action}"),
				invalid("signin.content-security-policy.form-action", "https://a.example; script-src *",
						"FORM_ACTION) holds 'https://a.example; script-src *', which is not an origin"),
				invalid("signin.session.max-age", "0s", "SIGNIN_SESSION_MAX_AGE) is not longer than nothing"),
				invalid(REGISTRATION + "client-authentication-method", "private_key_jwt", "is 'private_key_jwt'"));
	}

	@ParameterizedTest(name = "{0}={1}")
	@MethodSource("invalid")
	void startWhenSettingIsInvalidThenSaysWhichWhyAndWhatToDo(String setting, String value, String message,
			CapturedOutput output) {
		start(Map.of(setting, value));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START")
			.containsPattern("Description:\n\n[^\n]*" + Pattern.quote(message))
			.contains("Action:\n\n")
			.doesNotContain(SECRET.substring(0, 20));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("algorithms")
	void startWhenSecretIsTooShortForTheAlgorithmThenRefused(String algorithm, int bytes, CapturedOutput output) {
		start(Map.of("signin.assertion.algorithm", algorithm, "pingone.client-secret", SECRET.substring(0, bytes - 1)));
		assertThat(output.getOut())
			.contains("gives a secret of " + (bytes - 1) + " bytes; the signature needs one of at least " + bytes);
	}

	static Stream<Arguments> algorithms() {
		return Stream.of(Arguments.of("HS256", 32), Arguments.of("HS384", 48), Arguments.of("HS512", 64));
	}

	@Test
	void startWhenSecretFileIsTooShortThenNamesTheFile(@TempDir Path folder, CapturedOutput output) throws IOException {
		Path file = Files.writeString(folder.resolve("secret"), SECRET.substring(0, 20) + "\n");
		start(Map.of("pingone.client-secret", "", "pingone.client-secret-file", file.toString()));
		assertThat(output.getOut()).contains("PINGONE_CLIENT_SECRET_FILE) gives a secret of 20 bytes")
			.doesNotContain(SECRET.substring(0, 20));
	}

	@Test
	void startWhenTheSecretItselfIsGivenAsItsFileThenNotPrinted(CapturedOutput output) {
		start(Map.of("pingone.client-secret", "", "pingone.client-secret-file", SECRET));
		assertThat(output.getOut()).contains("PINGONE_CLIENT_SECRET_FILE) names a file, which cannot be read")
			.doesNotContain(SECRET);
	}

	@Test
	void startWhenSecretFileIsNotThereThenNamesIt(CapturedOutput output) {
		start(Map.of("pingone.client-secret", "", "pingone.client-secret-file", "/there/is/no/such/file"));
		assertThat(output.getOut())
			.contains("PINGONE_CLIENT_SECRET_FILE) names /there/is/no/such/file, which cannot be read");
	}

	private static void start(Map<String, String> changed) {
		Map<String, String> settings = new LinkedHashMap<>(Map.of("server.port", "0", "pingone.issuer",
				"https://auth.pingone.eu/0/as", "pingone.client-id", "client", "pingone.client-secret", SECRET));
		settings.putAll(changed);
		String[] arguments = settings.entrySet()
			.stream()
			.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
			.toArray(String[]::new);
		assertThatException().isThrownBy(() -> SpringApplication.run(SigninApplication.class, arguments).close());
	}

	private static Arguments invalid(String setting, String value, String message) {
		return Arguments.of(setting, value, message);
	}

}
