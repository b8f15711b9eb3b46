package com.example.signin.logout.backchannel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;

/**
 * The sessions of this process. The servlet API gives no access to a session by its id.
 */
class InMemorySessions implements Sessions {

	private static final Log logger = LogFactory.getLog(InMemorySessions.class);

	private final Map<String, HttpSession> byId = new ConcurrentHashMap<>();

	private final OidcSessionRegistry registry;

	InMemorySessions(OidcSessionRegistry registry) {
		this.registry = registry;
	}

	@EventListener
	void on(HttpSessionCreatedEvent event) {
		this.byId.put(event.getSession().getId(), event.getSession());
	}

	@EventListener
	void on(HttpSessionIdChangedEvent event) {
		HttpSession session = this.byId.remove(event.getOldSessionId());
		if (session != null) {
			this.byId.put(event.getNewSessionId(), session);
		}
	}

	@EventListener
	void on(HttpSessionDestroyedEvent event) {
		this.byId.remove(event.getId());
	}

	@Override
	public List<OidcUser> end(OidcLogoutToken logoutToken) {
		List<OidcUser> signedOut = new ArrayList<>();
		for (OidcSessionInformation session : this.registry.removeSessionInformation(logoutToken)) {
			end(session.getSessionId());
			signedOut.add(session.getPrincipal());
		}
		return signedOut;
	}

	void end(String id) {
		HttpSession session = this.byId.get(id);
		if (session != null) {
			try {
				session.invalidate();
			}
			catch (IllegalStateException ex) {
				logger.debug("Another request has ended the session already");
			}
		}
	}

}
