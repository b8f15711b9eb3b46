package com.example.signin.session;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Renews the tokens of one session once at a time: PingOne revokes the whole family of a
 * refresh token that is used twice. Others that ask meanwhile wait and get the renewed
 * tokens.
 */
class OneRenewalAtATime implements OAuth2AuthorizedClientManager {

	private static final int LOCKS = 64;

	/** A session always meets the same one; a few that share one wait for each other. */
	private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

	private final OAuth2AuthorizedClientManager manager;

	OneRenewalAtATime(OAuth2AuthorizedClientManager manager) {
		this.manager = manager;
	}

	/**
	 * @throws ClientAuthorizationRequiredException if the person has to sign in again,
	 * because the refresh token is no longer good (RFC 6749 §5.2)
	 */
	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
		String session = RequestContextHolder.currentRequestAttributes().getSessionId();
		Lock lock = this.locks[Math.floorMod(session.hashCode(), LOCKS)];
		lock.lock();
		try {
			return this.manager.authorize(request);
		}
		catch (ClientAuthorizationException ex) {
			if (ex.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
				throw new ClientAuthorizationRequiredException(request.getClientRegistrationId());
			}
			throw ex;
		}
		finally {
			lock.unlock();
		}
	}

}
