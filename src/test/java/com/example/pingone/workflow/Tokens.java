package com.example.pingone.workflow;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.endpoint.AbstractRestClientOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * The steps that the application takes by itself, through the token clients and the
 * decoder that ship.
 */
final class Tokens {

	private final OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeClient;

	private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshClient;

	private final JwtDecoderFactory<ClientRegistration> decoders;

	private final RestClient restClient;

	private final Settings settings;

	private final Transcript transcript;

	Tokens(OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeClient,
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshClient,
			JwtDecoderFactory<ClientRegistration> decoders, RestClient restClient, Settings settings,
			Transcript transcript) {
		this.codeClient = codeClient;
		this.refreshClient = refreshClient;
		this.decoders = decoders;
		this.restClient = restClient;
		this.settings = settings;
		this.transcript = transcript;
	}

	/**
	 * Exchanges the code for tokens.
	 * @throws StepFailure if the token endpoint does not give any
	 */
	OAuth2AccessTokenResponse exchange(OAuth2AuthorizationCodeGrantRequest request) {
		this.transcript.step("Exchange the code for tokens");
		try {
			return shown(this.codeClient.getTokenResponse(request));
		}
		catch (OAuth2AuthorizationException ex) {
			throw new TokenRefusal(ex).failure(Advice.CODE_REFUSED);
		}
	}

	/**
	 * Tries the exchange with a falsified client assertion.
	 * @throws StepFailure if the client is not refused
	 */
	void exchangeFalsified(OAuth2AuthorizationCodeGrantRequest request, Tamper tamper) {
		this.transcript.step("Exchange the code with a falsified client assertion: " + tamper);
		var client = (AbstractRestClientOAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest>) this.codeClient;
		client.setParametersCustomizer((parameters) -> falsify(parameters, tamper));
		try {
			shown(client.getTokenResponse(request));
			throw new StepFailure(Map.of("answer", "tokens"), Advice.TAMPERED_ACCEPTED);
		}
		catch (OAuth2AuthorizationException ex) {
			TokenRefusal refusal = new TokenRefusal(ex);
			if (!refusal.isOfTheClient()) {
				throw refusal.unclear();
			}
			this.transcript.values(refusal.said());
		}
		finally {
			// As it was: the application has no customizer.
			client.setParametersCustomizer((parameters) -> {
			});
		}
	}

	/**
	 * Shows that nothing but the falsification made the difference. By now the code may
	 * be used up, which is told only to a client that has been accepted.
	 * @return the tokens, or {@code null} if the code was used up
	 * @throws StepFailure if the client is refused
	 */
	@Nullable OAuth2AccessTokenResponse exchangeUntouched(OAuth2AuthorizationCodeGrantRequest request) {
		this.transcript.step("Exchange the same code with the client assertion as it ships");
		try {
			return shown(this.codeClient.getTokenResponse(request));
		}
		catch (OAuth2AuthorizationException ex) {
			TokenRefusal refusal = new TokenRefusal(ex);
			if (!refusal.isOfTheGrant()) {
				throw refusal.failure(Advice.CODE_REFUSED);
			}
			this.transcript.values(refusal.said());
			return null;
		}
	}

	/**
	 * Verifies the ID token (OIDC Core §3.1.3.7).
	 * @param nonce the one that was sent
	 * @throws StepFailure if there is none or a check fails
	 */
	Jwt verifyIdToken(ClientRegistration registration, OAuth2AccessTokenResponse response, @Nullable Object nonce) {
		this.transcript.step("Verify the ID token");
		Jwt idToken = verified(registration, response);
		if (!Objects.equals(nonce, idToken.getClaim(OidcParameterNames.NONCE))) {
			throw new StepFailure(Map.of("nonce sent", String.valueOf(nonce)), Advice.OTHER_NONCE);
		}
		this.transcript.value("verified", "signature, iss, aud, exp, iat, nonce");
		return idToken;
	}

	/**
	 * Reads the claims about the person, if the provider has an endpoint for them.
	 * @throws StepFailure if they cannot be had, or are somebody else's
	 */
	void readUserinfo(ClientRegistration registration, OAuth2AccessTokenResponse response, Jwt idToken) {
		this.transcript.step("Read the userinfo");
		String endpoint = registration.getProviderDetails().getUserInfoEndpoint().getUri();
		if (endpoint == null) {
			this.transcript.value("skipped", "the provider's metadata names no userinfo_endpoint");
			return;
		}
		Answer answer = Answer.to(this.restClient.get()
			.uri(AnsweredUrl.target("userinfo_endpoint", endpoint))
			.headers((headers) -> headers.setBearerAuth(response.getAccessToken().getTokenValue())));
		if (Refusal.is(answer)) {
			throw Refusal.of(answer).failure(Advice.USERINFO_REFUSED);
		}
		answer.body().forEachEntry((name, value) -> this.transcript.value(name, value.asString(value.toString())));
		if (!answer.text("/sub").equals(idToken.getSubject())) {
			throw new StepFailure(Map.of("sub", answer.text("/sub")), Advice.OTHER_SUBJECT);
		}
	}

	/**
	 * Renews the tokens.
	 * @return whether there was a refresh token to do so
	 * @throws StepFailure if the token endpoint does not accept it
	 */
	boolean refresh(ClientRegistration registration, OAuth2AccessTokenResponse response, Jwt idToken) {
		this.transcript.step("Renew the tokens");
		OAuth2RefreshToken refreshToken = response.getRefreshToken();
		if (refreshToken == null) {
			this.transcript.value("skipped", "there is no refresh token: tick Refresh Token under Grant Type, "
					+ "and ask for offline_access if a resource of the application holds it");
			return false;
		}
		try {
			OAuth2AccessTokenResponse renewed = shown(this.refreshClient.getTokenResponse(
					new OAuth2RefreshTokenGrantRequest(registration, response.getAccessToken(), refreshToken)));
			// OIDC Core §12.2: it may be missing; if it is there, it is about the same
			// person.
			if (renewed.getAdditionalParameters().containsKey(OidcParameterNames.ID_TOKEN)
					&& !Objects.equals(verified(registration, renewed).getSubject(), idToken.getSubject())) {
				throw new StepFailure(Map.of("token", "the renewed ID token"), Advice.OTHER_SUBJECT);
			}
			return true;
		}
		catch (OAuth2AuthorizationException ex) {
			throw new TokenRefusal(ex).failure(Advice.REFRESH_TOKEN_REFUSED);
		}
	}

	private Jwt verified(ClientRegistration registration, OAuth2AccessTokenResponse response) {
		if (!(response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken)) {
			throw new StepFailure(Map.of(), Advice.NO_ID_TOKEN);
		}
		this.transcript.decoded("ID token", idToken);
		try {
			return this.decoders.createDecoder(registration).decode(idToken);
		}
		catch (JwtException ex) {
			StepFailure unreachable = StepFailure.ofNetwork(ex);
			throw (unreachable != null) ? unreachable
					: new StepFailure(Map.of("check", String.valueOf(ex.getMessage())), Advice.ID_TOKEN_INVALID);
		}
	}

	private void falsify(MultiValueMap<String, String> parameters, Tamper tamper) {
		String assertion = parameters.getFirst(OAuth2ParameterNames.CLIENT_ASSERTION);
		if (assertion == null) {
			throw new StepFailure(Map.of(), Advice.NOTHING_TO_TAMPER);
		}
		parameters.set(OAuth2ParameterNames.CLIENT_ASSERTION, tamper.falsify(assertion, this.settings.clientSecret()));
	}

	private OAuth2AccessTokenResponse shown(OAuth2AccessTokenResponse response) {
		this.transcript.value(OAuth2ParameterNames.ACCESS_TOKEN, response.getAccessToken().getTokenValue());
		this.transcript.value(OAuth2ParameterNames.SCOPE, String.join(" ", response.getAccessToken().getScopes()));
		this.transcript.value("expires", String.valueOf(response.getAccessToken().getExpiresAt()));
		if (response.getRefreshToken() != null) {
			this.transcript.value(OAuth2ParameterNames.REFRESH_TOKEN, response.getRefreshToken().getTokenValue());
		}
		Object idToken = response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
		if (idToken != null) {
			this.transcript.value(OidcParameterNames.ID_TOKEN, idToken);
		}
		return response;
	}

}
