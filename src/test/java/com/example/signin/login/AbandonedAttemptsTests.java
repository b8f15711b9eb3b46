package com.example.signin.login;

import java.util.List;

import com.example.signin.support.LiveObjects;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.apache.catalina.Manager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Visitors who start to sign in and never come back.
 */
@SigninTest
@Timeout(180)
class AbandonedAttemptsTests {

	private static final int ATTEMPTS = 2_000;

	private static final int GARBAGE_COLLECTIONS = 3;

	private static final List<String> HELD_BY_AN_ATTEMPT = List.of("com.example.signin.login.SigninAttempt",
			"org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest");

	@LocalServerPort
	int port;

	@Autowired
	ConfigurableApplicationContext context;

	@Test
	void attemptsWhenAbandonedThenNothingOfThemIsKept() {
		Visitor visitor = Visitor.of(this.port);
		Manager manager = new RunningApplication(this.context).sessions();
		long sessions = manager.getSessionCounter();
		// The provider keeps authorization requests of its own.
		long before = held();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			assertThat(visitor.open("/profile?attempt=" + attempt).statusCode()).isEqualTo(302);
			visitor.cookies().getCookieStore().removeAll();
		}
		assertThat(manager.getSessionCounter()).isEqualTo(sessions);
		assertThat(held() - before).isLessThan(ATTEMPTS / 100);
	}

	/**
	 * Counts what several garbage collections leave: requests that have just ended may
	 * still be held by their threads during the first.
	 */
	private static long held() {
		long held = Long.MAX_VALUE;
		for (int collection = 0; collection < GARBAGE_COLLECTIONS; collection++) {
			held = Math.min(held, LiveObjects.count().instancesOf(HELD_BY_AN_ATTEMPT));
		}
		return held;
	}

}
