package com.example.signin.login;

import java.text.ParseException;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/**
 * Whether an access token came with its ID token (OIDC Core §3.1.3.8). The framework does
 * not look.
 */
final class AccessTokenBinding {

	private AccessTokenBinding() {
	}

	/**
	 * Compares the access token with {@code at_hash}, if the ID token has that.
	 * @param request both tokens, of a sign-in or a renewal
	 * @throws OAuth2AuthenticationException if it is another's; without a cause, so that
	 * a renewal takes the ID token for wrong
	 */
	static void validate(OidcUserRequest request) {
		OidcIdToken idToken = request.getIdToken();
		String hash = idToken.getAccessTokenHash();
		if (hash == null) {
			return;
		}
		try {
			AccessTokenValidator.validate(new BearerAccessToken(request.getAccessToken().getTokenValue()),
					SignedJWT.parse(idToken.getTokenValue()).getHeader().getAlgorithm(), new AccessTokenHash(hash));
		}
		catch (InvalidHashException ex) {
			throw new OAuth2AuthenticationException(
					new OAuth2Error("invalid_id_token", "at_hash is not that of the access token", null));
		}
		catch (ParseException ex) {
			throw new IllegalStateException("A validated ID token is a signed JWT", ex);
		}
	}

}
