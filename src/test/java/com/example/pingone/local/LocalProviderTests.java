package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalProviderTests {

	private final Browser browser = new Browser();

	private final LocalProvider provider = LocalProvider.start(0);

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void discoveryWhenHostThenIssuerFollows(String host) {
		String issuer = this.provider.issuer(host);
		Map<String, Object> metadata = Browser.json(this.browser.get(issuer + Paths.DISCOVERY));
		assertThat(metadata).containsEntry("issuer", issuer)
			.containsEntry("authorization_endpoint", issuer + "/authorize")
			.containsEntry("pushed_authorization_request_endpoint", issuer + "/par")
			.containsEntry("token_endpoint", issuer + "/token")
			.containsEntry("userinfo_endpoint", issuer + "/userinfo")
			.containsEntry("jwks_uri", issuer + "/jwks")
			.containsEntry("end_session_endpoint", issuer + "/signoff")
			.containsEntry("introspection_endpoint", issuer + "/introspect")
			.containsEntry("revocation_endpoint", issuer + "/revoke")
			.containsEntry("token_endpoint_auth_methods_supported",
					List.of("client_secret_basic", "client_secret_post", "client_secret_jwt"))
			.containsEntry("token_endpoint_auth_signing_alg_values_supported", List.of("HS256", "HS384", "HS512"))
			.containsEntry("grant_types_supported",
					List.of("authorization_code", "client_credentials", "refresh_token"))
			.containsEntry("scopes_supported", List.of("openid", "profile", "email"))
			.containsEntry("response_modes_supported", List.of("query", "form_post", "pi.flow"));
		assertThat(metadata.keySet()).noneMatch((name) -> name.contains("tls") || name.contains("dpop"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/as/authorize", "/.well-known/openid-configuration", "/other/as/jwks",
			"/.well-known/openid-configuration" + Paths.ISSUER, Paths.ENVIRONMENT, Paths.ENVIRONMENT + "/nope",
			Paths.ENVIRONMENT + "/jwks", Paths.ISSUER + "/nope", Paths.ISSUER + "/deeper/jwks", "/signed-out.html" })
	void pathWhenNotPingOnesThenNotFound(String path) {
		String origin = this.provider.issuer().replace(Paths.ISSUER, "");
		assertThat(this.browser.get(origin + path).statusCode()).isEqualTo(404);
	}

	@Test
	void clientWhenUnknownThenPageAndNoRedirect() {
		assertRefused(this.browser.get(this.provider.issuer() + "/authorize?response_type=code&client_id=other"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:18080", "http://127.0.0.1:18080" })
	void redirectUriWhenNotAllowedThenPageAndNoRedirect(String baseUrl) {
		try (var own = LocalProvider.start(0)) {
			String authorize = own.issuer() + "/authorize?response_type=code&scope=openid&client_id="
					+ LocalProvider.CLIENT_ID + "&redirect_uri=" + baseUrl + "/login/oauth2/code/pingone";
			assertRefused(this.browser.get(authorize));
			own.allowApplication(baseUrl);
			assertThat(this.browser.get(authorize).statusCode()).isEqualTo(302);
		}
	}

	@Test
	void signingKeyWhenRotatedThenBothArePublished() {
		try (var own = LocalProvider.start(0)) {
			String before = own.signingKey().getKeyID();
			own.rotateSigningKey();
			String after = own.signingKey().getKeyID();
			assertThat(after).isNotEqualTo(before);
			assertThat(this.browser.get(own.issuer() + "/jwks").body()).contains(before, after).doesNotContain("\"d\"");
		}
	}

	@Test
	void clientSecretWhenChangedThenOldOneIsRefused() {
		String secret = "~another.secret_of-the-same-kind~0123456789.0123456789_0123456789-abc";
		try (var own = LocalProvider.start(0)) {
			assertThat(introspect(own, LocalProvider.CLIENT_SECRET)).isEqualTo(200);
			own.changeClientSecret(secret);
			assertThat(introspect(own, LocalProvider.CLIENT_SECRET)).isEqualTo(401);
			assertThat(introspect(own, secret)).isEqualTo(200);
		}
	}

	@Test
	void clientSecretWhenShorterThanTheHashThenRefusedAsAnyOther() {
		try (var own = LocalProvider.start(0)) {
			own.changeClientSecret("too-short");
			assertThat(introspect(own, LocalProvider.CLIENT_SECRET)).isEqualTo(401);
		}
	}

	private int introspect(LocalProvider own, String secret) {
		String assertion = ClientAssertion.signed(own.issuer(), JWSAlgorithm.HS256, secret, (claims) -> {
		});
		return this.browser.post(own.issuer() + "/introspect", Map.of("token", "unknown", "client_assertion", assertion,
				"client_assertion_type", ClientAssertion.TYPE))
			.statusCode();
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Location")).isEmpty();
		assertThat(response.body()).contains("Local stand-in for PingOne - not a real provider");
	}

}
