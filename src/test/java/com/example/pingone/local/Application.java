package com.example.pingone.local;

import java.time.Duration;
import java.util.Objects;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The one application of the environment, as an administrator would have set it up.
 */
final class Application {

	private Application() {
	}

	static RegisteredClient create() {
		var client = RegisteredClient.withId(LocalProvider.CLIENT_ID)
			.clientId(LocalProvider.CLIENT_ID)
			.clientSecret(LocalProvider.CLIENT_SECRET)
			.clientName("pingone-signin")
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
			.scope(OidcScopes.OPENID)
			.scope(OidcScopes.PROFILE)
			.scope(OidcScopes.EMAIL)
			.clientSettings(ClientSettings.builder()
				.requireProofKey(false)
				.tokenEndpointAuthenticationSigningAlgorithm(MacAlgorithm.HS256)
				.build())
			.tokenSettings(TokenSettings.builder()
				.accessTokenTimeToLive(Duration.ofMinutes(60))
				.refreshTokenTimeToLive(Duration.ofDays(30))
				.reuseRefreshTokens(false)
				.build());
		allow(client, "http://localhost:8080");
		allow(client, "http://127.0.0.1:8080");
		return client.build();
	}

	static void allow(RegisteredClient.Builder client, String baseUrl) {
		client.redirectUri(baseUrl + "/login/oauth2/code/pingone");
		client.postLogoutRedirectUri(baseUrl + "/signed-out");
	}

	static RegisteredClient find(RegisteredClientRepository clients) {
		return Objects.requireNonNull(clients.findByClientId(LocalProvider.CLIENT_ID));
	}

}
