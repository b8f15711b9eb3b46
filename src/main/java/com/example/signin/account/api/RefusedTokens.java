package com.example.signin.account.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizationFailureHandler;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * What becomes of an access token that an API refuses (RFC 6750 §3.1). The framework's
 * own handler throws the refresh token away with it. Here it counts as expired, so that
 * the next call renews it; if the provider has revoked that one too, the person signs in
 * again. A token that is fresh stays: an API that refuses it will refuse the next, and
 * the person must not go round in circles.
 */
class RefusedTokens implements OAuth2AuthorizationFailureHandler {

	private static final Duration FRESH = Duration.ofMinutes(1);

	/** Not before {@code issuedAt}, and long ago for a token that is not fresh. */
	private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final Clock clock;

	RefusedTokens(OAuth2AuthorizedClientRepository authorizedClients, Clock clock) {
		this.authorizedClients = authorizedClients;
		this.clock = clock;
	}

	@Override
	public void onAuthorizationFailure(OAuth2AuthorizationException exception, Authentication person,
			Map<String, Object> attributes) {
		if (exception instanceof ClientAuthorizationException refused
				&& refused.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_TOKEN)) {
			expire(refused.getClientRegistrationId(), person,
					(HttpServletRequest) Objects.requireNonNull(attributes.get(HttpServletRequest.class.getName())),
					(HttpServletResponse) Objects.requireNonNull(attributes.get(HttpServletResponse.class.getName())));
		}
	}

	private void expire(String registrationId, Authentication person, HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizedClient client = this.authorizedClients.loadAuthorizedClient(registrationId, person, request);
		if (client == null || isFresh(client.getAccessToken())) {
			return;
		}
		if (client.getRefreshToken() == null) {
			this.authorizedClients.removeAuthorizedClient(registrationId, person, request, response);
			return;
		}
		this.authorizedClients.saveAuthorizedClient(new OAuth2AuthorizedClient(client.getClientRegistration(),
				client.getPrincipalName(), expired(client.getAccessToken()), client.getRefreshToken()), person, request,
				response);
	}

	private boolean isFresh(OAuth2AccessToken token) {
		return issuedAt(token).plus(FRESH).isAfter(this.clock.instant());
	}

	private static OAuth2AccessToken expired(OAuth2AccessToken token) {
		Instant issuedAt = issuedAt(token);
		return new OAuth2AccessToken(token.getTokenType(), token.getTokenValue(), issuedAt,
				issuedAt.plus(SHORTEST_LIFE), token.getScopes());
	}

	/** As the framework takes it from the time of the token response. */
	private static Instant issuedAt(OAuth2AccessToken token) {
		return Objects.requireNonNull(token.getIssuedAt());
	}

}
