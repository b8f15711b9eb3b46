package com.example.signin.session;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * What a session keeps of an authorized client: its tokens, and not its registration.
 */
record AuthorizedTokens(String principalName, OAuth2AccessToken accessToken,
		@Nullable OAuth2RefreshToken refreshToken) implements Serializable {

	static AuthorizedTokens of(OAuth2AuthorizedClient client) {
		return new AuthorizedTokens(client.getPrincipalName(), client.getAccessToken(), client.getRefreshToken());
	}

	OAuth2AuthorizedClient with(ClientRegistration registration) {
		return new OAuth2AuthorizedClient(registration, this.principalName, this.accessToken, this.refreshToken);
	}

	@Override
	public String toString() {
		return "AuthorizedTokens[hidden]";
	}

}
