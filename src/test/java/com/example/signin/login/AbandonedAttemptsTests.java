package com.example.signin.login;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.management.JMException;
import javax.management.ObjectName;

import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Visitors who start to sign in and never come back.
 */
@SigninTest
@Timeout(60)
class AbandonedAttemptsTests {

	private static final int ATTEMPTS = 2_000;

	private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

	private static final List<String> HELD_BY_AN_ATTEMPT = List.of("com.example.signin.login.SigninAttempt",
			"org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest");

	@LocalServerPort
	int port;

	@Autowired
	WebServerApplicationContext context;

	@Test
	void attemptsWhenAbandonedThenNothingOfThemIsKept() throws JMException {
		Visitor visitor = Visitor.of(this.port);
		long sessions = sessions().getSessionCounter();
		// The provider keeps authorization requests of its own.
		long before = held();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			assertThat(visitor.open("/profile?attempt=" + attempt).statusCode()).isEqualTo(302);
			visitor.cookies().getCookieStore().removeAll();
		}
		assertThat(sessions().getSessionCounter()).isEqualTo(sessions);
		// More than one garbage collection may be needed.
		await().atMost(GONE_WITHIN).untilAsserted(() -> assertThat(held() - before).isLessThan(ATTEMPTS / 100));
	}

	private Manager sessions() {
		TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(this.context.getWebServer());
		return ((Context) server.getTomcat().getHost().findChildren()[0]).getManager();
	}

	private static long held() throws JMException {
		long held = 0;
		for (String className : HELD_BY_AN_ATTEMPT) {
			held += live(className);
		}
		return held;
	}

	/**
	 * Counts the instances of a class that a garbage collection leaves.
	 */
	private static long live(String className) throws JMException {
		Object histogram = ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return histogram.toString()
			.lines()
			.map((line) -> line.strip().split("\\s+"))
			.filter((columns) -> columns.length > 3 && Arrays.asList(columns).contains(className))
			.mapToLong((columns) -> Long.parseLong(columns[1]))
			.sum();
	}

}
