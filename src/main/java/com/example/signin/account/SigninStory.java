package com.example.signin.account;

import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.Header;
import com.nimbusds.jwt.JWTParser;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

import com.example.signin.audit.ClientAssertionSigned;

/**
 * How a sign-in happened, as the messages that were exchanged: parameter names and values
 * in the order in which they are told. What is a secret, a code, a token or a signature
 * is named and not shown.
 *
 * @param startedAt when the browser was sent to the provider
 * @param provider the provider's endpoints
 * @param authorizationRequest the authorization request (OIDC Core §3.1.2.1)
 * @param tokenRequest the token request (RFC 6749 §4.1.3 with RFC 7523 §2.2)
 * @param assertionHeader the client assertion's header, empty if there was none
 * @param assertionClaims the client assertion's claims, empty if there was none
 * @param tokenResponse the token response (OIDC Core §3.1.3.3)
 * @param idTokenHeader the ID token's header
 * @param idTokenClaims the ID token's claims
 * @param renewedAt when the tokens were renewed last, {@code null} if never
 * @param renewalJwtId the {@code jti} of the client assertion that was made for it, if
 * one was
 */
public record SigninStory(String startedAt, ProviderDetails provider, Map<String, String> authorizationRequest,
		Map<String, String> tokenRequest, Map<String, String> assertionHeader, Map<String, String> assertionClaims,
		Map<String, String> tokenResponse, Map<String, String> idTokenHeader, Map<String, String> idTokenClaims,
		@Nullable String renewedAt, @Nullable String renewalJwtId) {

	private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

	/**
	 * @param record what the session keeps of it
	 * @param request a request as the registration makes it now
	 * @param client the tokens and the registration
	 * @param idToken the ID token
	 * @param renewal the last renewal of the tokens, if there was one
	 */
	static SigninStory of(SigninRecord record, OAuth2AuthorizationRequest request, OAuth2AuthorizedClient client,
			OidcIdToken idToken, @Nullable Renewal renewal) {
		ClientAssertionSigned assertion = record.assertion();
		return new SigninStory(ClaimsView.text(record.startedAt()), client.getClientRegistration().getProviderDetails(),
				authorizationRequest(record, request), tokenRequest(request, client, assertion),
				(assertion != null) ? Map.of("alg", assertion.algorithm()) : Map.of(), claims(assertion),
				tokenResponse(client), header(idToken), ClaimsView.of(idToken.getClaims()),
				(renewal != null) ? ClaimsView.text(renewal.at()) : null,
				(renewal != null && renewal.assertion() != null) ? renewal.assertion().jwtId() : null);
	}

	private static Map<String, String> authorizationRequest(SigninRecord record, OAuth2AuthorizationRequest request) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(OAuth2ParameterNames.RESPONSE_TYPE, request.getResponseType().getValue());
		parameters.put(OAuth2ParameterNames.CLIENT_ID, request.getClientId());
		parameters.put(OAuth2ParameterNames.SCOPE, String.join(" ", request.getScopes()));
		parameters.put(OAuth2ParameterNames.REDIRECT_URI, String.valueOf(request.getRedirectUri()));
		parameters.put(OAuth2ParameterNames.STATE, record.state());
		parameters.put(OidcParameterNames.NONCE, record.nonce());
		parameters.put(PkceParameterNames.CODE_CHALLENGE, record.codeChallenge());
		parameters.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
		request.getAdditionalParameters().forEach((name, value) -> parameters.putIfAbsent(name, value.toString()));
		return parameters;
	}

	private static Map<String, String> tokenRequest(OAuth2AuthorizationRequest request, OAuth2AuthorizedClient client,
			@Nullable ClientAssertionSigned assertion) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(OAuth2ParameterNames.GRANT_TYPE, AuthorizationGrantType.AUTHORIZATION_CODE.getValue());
		parameters.put(OAuth2ParameterNames.CODE, "from the callback, good for one use, not kept");
		parameters.put(OAuth2ParameterNames.REDIRECT_URI, String.valueOf(request.getRedirectUri()));
		parameters.put(PkceParameterNames.CODE_VERIFIER, "the secret behind code_challenge, not kept");
		if (assertion != null) {
			parameters.put(OAuth2ParameterNames.CLIENT_ID, assertion.clientId());
			parameters.put(OAuth2ParameterNames.CLIENT_ASSERTION_TYPE, ASSERTION_TYPE);
			parameters.put(OAuth2ParameterNames.CLIENT_ASSERTION, "a signed JWT, decoded below, not kept");
		}
		else {
			parameters.put("client authentication",
					client.getClientRegistration().getClientAuthenticationMethod().getValue());
		}
		return parameters;
	}

	private static Map<String, String> claims(@Nullable ClientAssertionSigned assertion) {
		Map<String, String> claims = new LinkedHashMap<>();
		if (assertion != null) {
			claims.put("iss", assertion.clientId());
			claims.put("sub", assertion.clientId());
			claims.put("aud", assertion.audience());
			claims.put("jti", assertion.jwtId());
			claims.put("iat", ClaimsView.text(assertion.issuedAt()));
			claims.put("exp", ClaimsView.text(assertion.expiresAt()));
		}
		return claims;
	}

	private static Map<String, String> tokenResponse(OAuth2AuthorizedClient client) {
		OAuth2AccessToken accessToken = client.getAccessToken();
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(OAuth2ParameterNames.TOKEN_TYPE, accessToken.getTokenType().getValue());
		parameters.put(OAuth2ParameterNames.SCOPE, String.join(" ", accessToken.getScopes()));
		parameters.put(OAuth2ParameterNames.ACCESS_TOKEN,
				"kept in the session until " + ClaimsView.text(accessToken.getExpiresAt()));
		parameters.put(OAuth2ParameterNames.REFRESH_TOKEN,
				(client.getRefreshToken() != null) ? "kept in the session" : "none");
		parameters.put(OidcParameterNames.ID_TOKEN, "a signed JWT, decoded below");
		return parameters;
	}

	private static Map<String, String> header(OidcIdToken idToken) {
		try {
			Header header = JWTParser.parse(idToken.getTokenValue()).getHeader();
			return ClaimsView.of(header.toJSONObject());
		}
		catch (ParseException ex) {
			throw new IllegalStateException("A validated ID token is a JWT", ex);
		}
	}

}
