package com.example.pingone.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Remembers refresh tokens that have been replaced: whoever presents one again is a thief
 * or was robbed, so all tokens of that sign-on end (RFC 9700 §4.14.2; PingOne's
 * {@code additionalRefreshTokenReplayProtectionEnabled}), unless that was so recently
 * that it may be the same application, asking twice at once (PingOne's
 * {@code refreshTokenRollingGracePeriodDuration}). One at a time, since the framework's
 * service searches a map while others write to it.
 */
final class RefreshTokenFamilies implements OAuth2AuthorizationService {

	private final OAuth2AuthorizationService authorizations = new InMemoryOAuth2AuthorizationService();

	private final Map<String, Replaced> replaced = new HashMap<>();

	private final Function<String, Duration> gracePeriods;

	private final Clock clock;

	/**
	 * Families without tokens.
	 * @param gracePeriods for each application, by its id
	 */
	RefreshTokenFamilies(Function<String, Duration> gracePeriods, Clock clock) {
		this.gracePeriods = gracePeriods;
		this.clock = clock;
	}

	@Override
	public synchronized void save(OAuth2Authorization authorization) {
		String id = authorization.getId();
		String before = refreshToken(this.authorizations.findById(id));
		if (before != null && !before.equals(refreshToken(authorization))) {
			this.replaced.put(before, new Replaced(id, this.clock.instant()));
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
			return findByReplaced(token);
		}
		return found;
	}

	private @Nullable OAuth2Authorization findByReplaced(String token) {
		Replaced earlier = this.replaced.get(token);
		OAuth2Authorization family = (earlier != null) ? findById(earlier.family()) : null;
		if (earlier == null || family == null) {
			return null;
		}
		Duration gracePeriod = this.gracePeriods.apply(family.getRegisteredClientId());
		if (this.clock.instant().isBefore(earlier.at().plus(gracePeriod))) {
			return family;
		}
		remove(family);
		return null;
	}

	private static @Nullable String refreshToken(@Nullable OAuth2Authorization authorization) {
		var refreshToken = (authorization != null) ? authorization.getRefreshToken() : null;
		return (refreshToken != null) ? refreshToken.getToken().getTokenValue() : null;
	}

	private record Replaced(String family, Instant at) {
	}

}
