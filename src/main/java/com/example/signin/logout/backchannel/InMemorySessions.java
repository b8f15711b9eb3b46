package com.example.signin.logout.backchannel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;

/**
 * The sessions of this process. The servlet API gives no access to a session by its id.
 */
class InMemorySessions implements Sessions {

	private static final Log logger = LogFactory.getLog(InMemorySessions.class);

	private final Map<String, HttpSession> byId = new ConcurrentHashMap<>();

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
	public void end(String id) {
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
