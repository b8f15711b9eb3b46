package com.example.signin.logout.backchannel;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;

import static org.assertj.core.api.Assertions.assertThat;

class InMemorySessionsTests {

	private final InMemorySessions sessions = new InMemorySessions(new InMemoryOidcSessionRegistry());

	private final MockHttpSession session = new MockHttpSession(null, "first");

	@Test
	void endWhenIdHasChangedThenOnlyByTheNewOne() {
		this.sessions.on(new HttpSessionCreatedEvent(this.session));
		String newId = this.session.changeSessionId();
		this.sessions.on(new HttpSessionIdChangedEvent(this.session, "first"));
		this.sessions.end("first");
		assertThat(this.session.isInvalid()).isFalse();
		this.sessions.end(newId);
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test
	void endWhenAnotherRequestHasEndedItThenNothingHappens() {
		this.sessions.on(new HttpSessionCreatedEvent(this.session));
		this.session.invalidate();
		this.sessions.end("first");
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test
	void sessionWhenDestroyedThenForgotten() {
		this.sessions.on(new HttpSessionCreatedEvent(this.session));
		this.sessions.on(new HttpSessionDestroyedEvent(this.session));
		this.sessions.end("first");
		assertThat(this.session.isInvalid()).isFalse();
	}

}
