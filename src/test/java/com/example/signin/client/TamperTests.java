package com.example.signin.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.SigninApplication;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client assertion that is not the one that the application made, or that it would make
 * with wrong settings: the provider refuses it, and the person is told.
 */
@SigninTest
@ExtendWith(OutputCaptureExtension.class)
class TamperTests {

	@LocalServerPort
	int port;

	static Stream<Arguments> tampered() {
		return Stream.of(changed("header", (jwt) -> changeCharacter(jwt, 0)),
				changed("claims", (jwt) -> changeCharacter(jwt, 1)),
				changed("signature", (jwt) -> changeCharacter(jwt, 2)),
				changed("wrong secret", resigned("another-secret-of-sufficient-length-0123456789", (claims) -> claims)),
				changed("expired",
						resigned(LocalProvider.CLIENT_SECRET,
								(claims) -> claims.expirationTime(Date.from(Instant.now().minusSeconds(5))))),
				changed("valid for too long",
						resigned(LocalProvider.CLIENT_SECRET,
								(claims) -> claims.expirationTime(Date.from(Instant.now().plusSeconds(3700))))),
				changed("wrong audience",
						resigned(LocalProvider.CLIENT_SECRET,
								(claims) -> claims.audience("https://other.example/as/token"))),
				changed("iss is not sub",
						resigned(LocalProvider.CLIENT_SECRET, (claims) -> claims.issuer("somebody-else"))),
				changed("sub is not iss",
						resigned(LocalProvider.CLIENT_SECRET, (claims) -> claims.subject("somebody-else"))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("tampered")
	void signInWhenAssertionIsTamperedWithThenRefusedAndToldSo(String what, UnaryOperator<String> change,
			CapturedOutput output) {
		int[] status = new int[1];
		ProviderForTests.RELAY.at("/token", (exchange) -> {
			Relay.Response response = exchange
				.passOn((form) -> form.with("client_assertion", change.apply(form.get("client_assertion"))));
			status[0] = response.status();
			return response;
		});
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		assertThat(status[0]).isEqualTo(401);
		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.body()).contains("Sign-in is not possible").doesNotContain("Try again");
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(302);
		assertThat(warnings(output)).singleElement().asString().contains("invalid_client");
	}

	@Test
	void signInWhenClientIsRefusedThenOneWarningWithTheLikelyCausesInOrder(CapturedOutput output) {
		String[] correlationId = new String[1];
		ProviderForTests.RELAY.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn((form) -> form.with("client_assertion", "e30.e30.e30"));
			correlationId[0] = response.header("Correlation-Id");
			return response;
		});
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(502);
		assertThat(warnings(output)).singleElement()
			.asString()
			.containsOnlyOnce(correlationId[0])
			.containsSubsequence("PROVIDER_REFUSED: invalid_client", correlationId[0], "tokenEndpointAuthMethod",
					"the client secret is wrong or was rotated", "this machine's clock (", "s ahead of the provider's)",
					"signin.assertion.audience");
	}

	@ParameterizedTest
	@CsvSource({ "-5, 30\\d s ahead of", "5, (300|29\\d) s behind" })
	void signInWhenClientIsRefusedAndClocksDifferThenTheWarningTellsByHowMuch(int minutes, String difference,
			CapturedOutput output) {
		WebServer tokenEndpoint = refusingAt(Duration.ofMinutes(minutes));
		tokenEndpoint.start();
		try (SeparateSignin signin = SeparateSignin.with()) {
			signin.relay()
				.at("/.well-known/openid-configuration",
						(exchange) -> Relay.Response.json(200,
								exchange.passOn()
									.text()
									.replaceFirst("(\"token_endpoint\":)\"[^\"]+\"",
											"$1\"http://localhost:" + tokenEndpoint.getPort() + "/token\"")));
			assertThat(signin.visitor().signIn("/profile", "alice").statusCode()).isEqualTo(502);
			assertThat(warnings(output)).singleElement()
				.asString()
				.containsPattern("this machine's clock \\(" + difference + " the provider's\\)");
		}
		finally {
			tokenEndpoint.stop();
		}
	}

	@Test
	void signInWhenNotTamperedWithThenAccepted() {
		ProviderForTests.RELAY.at("/token", (exchange) -> exchange.passOn((form) -> form));
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(200);
	}

	/**
	 * A token endpoint whose clock is wrong. The relay's server would correct it.
	 */
	private static WebServer refusingAt(Duration difference) {
		return new TomcatServletWebServerFactory(0)
			.getWebServer((context) -> context.addServlet("token", new HttpServlet() {
				@Override
				protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
					response.setStatus(401);
					response.setDateHeader("Date", Instant.now().plus(difference).toEpochMilli());
					response.setContentType("application/json");
					response.getWriter().write("{\"error\":\"invalid_client\"}");
				}
			}).addMapping("/token"));
	}

	/**
	 * The application's own; the provider warns too.
	 */
	private static List<String> warnings(CapturedOutput output) {
		String ours = SigninApplication.class.getPackageName().replaceFirst(".*\\.", ".") + ".";
		return output.getOut().lines().filter((line) -> line.contains(" WARN ") && line.contains(ours)).toList();
	}

	private static Arguments changed(String what, UnaryOperator<String> change) {
		return Arguments.of(what, change);
	}

	/**
	 * Changes one character in the middle of a part, so that no padding bit is hit.
	 */
	private static String changeCharacter(String jwt, int part) {
		String[] parts = jwt.split("\\.");
		int middle = parts[part].length() / 2;
		char changed = (parts[part].charAt(middle) != 'A') ? 'A' : 'B';
		parts[part] = parts[part].substring(0, middle) + changed + parts[part].substring(middle + 1);
		return String.join(".", parts);
	}

	private static UnaryOperator<String> resigned(String secret, UnaryOperator<JWTClaimsSet.Builder> change) {
		return (jwt) -> {
			try {
				JWTClaimsSet claims = SignedJWT.parse(jwt).getJWTClaimsSet();
				SignedJWT forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
						change.apply(new JWTClaimsSet.Builder(claims)).build());
				forged.sign(new MACSigner(secret));
				return forged.serialize();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

}
