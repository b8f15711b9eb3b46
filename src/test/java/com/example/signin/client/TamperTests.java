package com.example.signin.client;

import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

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
		assertThat(output).contains("invalid_client");
	}

	@Test
	void signInWhenNotTamperedWithThenAccepted() {
		ProviderForTests.RELAY.at("/token", (exchange) -> exchange.passOn((form) -> form));
		assertThat(Visitor.of(this.port).signIn("/profile", "alice").statusCode()).isEqualTo(200);
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
