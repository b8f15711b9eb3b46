package com.example.signin.session;

import java.util.Collections;
import java.util.Objects;

import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import jakarta.servlet.http.HttpSession;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second person who signs in over the session of the first.
 */
class OtherPersonStrategyTests {

	private static final String BASKET = "basket";

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void sessionWhenAnotherPersonSignsInThenHoldsNothingOfTheFirst() {
		try (RunningApplication application = RunningApplication.with()) {
			Visitor visitor = application.visitor();
			visitor.signIn("/session", "alice");
			session(application).setAttribute(BASKET, "of alice");
			endSessionAtTheProvider(visitor);
			String page = visitor.signIn("/oauth2/authorization/pingone", "bob").body();
			assertThat(page).contains("Bob Example").doesNotContain("Alice");
			assertThat(visitor.open("/session").body()).contains("The tokens are those of the sign-in");
			assertThat(Collections.list(session(application).getAttributeNames())).isNotEmpty().doesNotContain(BASKET);
		}
	}

	@Test
	void sessionWhenTheSamePersonSignsInAgainThenKeepsWhatItHeld() {
		try (RunningApplication application = RunningApplication.with()) {
			Visitor visitor = application.visitor();
			visitor.signIn("/session", "alice");
			session(application).setAttribute(BASKET, "of alice");
			String id = session(application).getId();
			visitor.follow(visitor.open("/oauth2/authorization/pingone"));
			assertThat(session(application).getAttribute(BASKET)).isEqualTo("of alice");
			assertThat(session(application).getId()).isNotEqualTo(id);
		}
	}

	private static void endSessionAtTheProvider(Visitor visitor) {
		var store = visitor.cookies().getCookieStore();
		store.getCookies()
			.stream()
			.filter((cookie) -> !cookie.getName().equals("signin-session"))
			.toList()
			.forEach((cookie) -> store.remove(null, cookie));
	}

	private static HttpSession session(RunningApplication application) {
		var server = (TomcatWebServer) ((WebServerApplicationContext) application.context()).getWebServer();
		Manager manager = ((Context) Objects.requireNonNull(server).getTomcat().getHost().findChildren()[0])
			.getManager();
		assertThat(manager.findSessions()).hasSize(1);
		return ((StandardSession) manager.findSessions()[0]).getSession();
	}

}
