package com.example.signin.logout.backchannel.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.context.request.RequestContextHolder;

import com.example.signin.audit.SignedIn;
import com.example.signin.logout.backchannel.Sessions;

import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

/**
 * The sessions of all instances. Redis holds the ids of those that began with a
 * {@code sid} or {@code sub}, for as long as a session may last; an id whose session has
 * ended ends nothing.
 */
class RedisSessions implements Sessions {

	private final StringRedisTemplate redis;

	private final SessionRepository<?> sessions;

	private final String prefix;

	private final Duration maxAge;

	RedisSessions(StringRedisTemplate redis, SessionRepository<?> sessions, String namespace, Duration maxAge) {
		this.redis = redis;
		this.sessions = sessions;
		this.prefix = namespace + ":signed-in:";
		this.maxAge = maxAge;
	}

	@EventListener
	void on(SignedIn signedIn) {
		String session = RequestContextHolder.currentRequestAttributes().getSessionId();
		add(session, keyOfSub(signedIn.subject()));
		if (signedIn.sessionId() != null) {
			add(session, keyOfSid(signedIn.sessionId()));
		}
	}

	private void add(String session, String key) {
		this.redis.opsForSet().add(key, session);
		this.redis.expire(key, this.maxAge);
	}

	@Override
	public List<OidcUser> end(OidcLogoutToken logoutToken) {
		String sid = logoutToken.getSessionId();
		String key = (sid != null) ? keyOfSid(sid) : keyOfSub(Objects.requireNonNull(logoutToken.getSubject()));
		List<OidcUser> signedOut = new ArrayList<>();
		for (String id : Objects.requireNonNull(this.redis.opsForSet().members(key))) {
			if (personOf(this.sessions.findById(id)) instanceof OidcUser person) {
				signedOut.add(person);
			}
			this.sessions.deleteById(id);
		}
		this.redis.delete(key);
		return signedOut;
	}

	private static @Nullable Object personOf(@Nullable Session session) {
		SecurityContext context = (session != null) ? session.getAttribute(SPRING_SECURITY_CONTEXT_KEY) : null;
		Authentication authentication = (context != null) ? context.getAuthentication() : null;
		return (authentication != null) ? authentication.getPrincipal() : null;
	}

	private String keyOfSid(String sid) {
		return this.prefix + "sid:" + sid;
	}

	private String keyOfSub(String sub) {
		return this.prefix + "sub:" + sub;
	}

}
