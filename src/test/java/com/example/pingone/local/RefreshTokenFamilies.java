package com.example.pingone.local;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Remembers refresh tokens that have been replaced: whoever presents one again is a thief
 * or was robbed, so all tokens of that sign-on end (RFC 9700 §4.14.2; PingOne's
 * {@code additionalRefreshTokenReplayProtectionEnabled}). One at a time, since the
 * framework's service searches a map while others write to it.
 */
final class RefreshTokenFamilies implements OAuth2AuthorizationService {

	private final OAuth2AuthorizationService authorizations = new InMemoryOAuth2AuthorizationService();

	private final Map<String, String> families = new HashMap<>();

	@Override
	public synchronized void save(OAuth2Authorization authorization) {
		var refreshToken = authorization.getRefreshToken();
		if (refreshToken != null) {
			this.families.put(refreshToken.getToken().getTokenValue(), authorization.getId());
		}
		this.authorizations.save(authorization);
	}

	@Override
	public synchronized void remove(OAuth2Authorization authorization) {
		this.authorizations.remove(authorization);
	}

	@Override
	public synchronized @Nullable OAuth2Authorization findById(String id) {
		return this.authorizations.findById(id);
	}

	@Override
	public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType tokenType) {
		OAuth2Authorization found = this.authorizations.findByToken(token, tokenType);
		// Only the refresh grant asks for this type; revocation and introspection do not.
		if (found == null && tokenType != null && tokenType.equals(OAuth2TokenType.REFRESH_TOKEN)) {
			revokeFamily(token);
		}
		return found;
	}

	private void revokeFamily(String replacedToken) {
		String id = this.families.get(replacedToken);
		OAuth2Authorization family = (id != null) ? findById(id) : null;
		if (family != null) {
			remove(family);
		}
	}

}
