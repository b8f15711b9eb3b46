package com.example.signin.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a signed-in person's session holds.
 */
class StoredSessionTests {

	private static final int GROUPS = 5;

	private static final int GROUP = 40;

	private static final long MAX_BYTES = 10 * 1024;

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void sessionWhenSerialisedThenHoldsTheTokensAndNoClientSecret() throws Exception {
		String stored = new String(serialise(sessionOfAlice()), StandardCharsets.ISO_8859_1);
		assertThat(stored).contains("eyJ").doesNotContain(LocalProvider.CLIENT_SECRET);
	}

	@Test
	void sessionWhenTheSecretIsSentThenStillHoldsNone() throws Exception {
		// Lets the provider accept a method that it otherwise refuses.
		String method = "spring.security.oauth2.client.registration.pingone.client-authentication-method=client_secret_post";
		ProviderForTests.RELAY.at("/token", Relay.Exchange::passOnWithAssertion);
		String stored = new String(serialise(sessionOfAlice(method)), StandardCharsets.ISO_8859_1);
		assertThat(stored).contains("eyJ").doesNotContain(LocalProvider.CLIENT_SECRET);
	}

	@Test
	void sessionWhenHeldInMemoryThenSmall() {
		try (RunningApplication application = RunningApplication.with()) {
			Visitor visitor = application.visitor();
			for (int person = 0; person < GROUPS * GROUP; person++) {
				visitor.signIn("/session", "alice");
				visitor.cookies().getCookieStore().removeAll();
			}
			Manager manager = application.sessions();
			assertThat(manager.findSessions()).hasSize(GROUPS * GROUP);
			assertThat(heapOfOneSession(manager)).as("bytes of live heap for one session").isBetween(1_000L, MAX_BYTES);
		}
	}

	@Test
	void visitorsWhenTheyHaveNotSignedInThenNoSession() {
		try (RunningApplication application = RunningApplication.with()) {
			for (int i = 0; i < 200; i++) {
				application.visitor().open("/session?visit=" + i);
			}
			assertThat(application.sessions().findSessions()).isEmpty();
		}
	}

	private static Map<String, Object> sessionOfAlice(String... settings) {
		try (RunningApplication application = RunningApplication.with(settings)) {
			application.visitor().signIn("/session", "alice");
			StandardSession session = (StandardSession) application.sessions().findSessions()[0];
			Map<String, Object> attributes = new HashMap<>();
			session.getAttributeNames()
				.asIterator()
				.forEachRemaining((name) -> attributes.put(name, session.getAttribute(name)));
			assertThat(attributes).hasSizeGreaterThanOrEqualTo(3);
			return attributes;
		}
	}

	private static byte[] serialise(Map<String, Object> session) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(session);
		}
		return bytes.toByteArray();
	}

	/**
	 * The median of several groups: what other tests have left behind becomes free at any
	 * moment and is not of these sessions.
	 */
	private static long heapOfOneSession(Manager manager) {
		long[] freed = LongStream.generate(() -> heapFreedByExpiringAGroup(manager)).limit(GROUPS).sorted().toArray();
		return freed[GROUPS / 2] / GROUP;
	}

	private static long heapFreedByExpiringAGroup(Manager manager) {
		long before = usedHeap();
		Arrays.stream(manager.findSessions()).limit(GROUP).forEach(Session::expire);
		return before - usedHeap();
	}

	private static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 2; i++) {
			System.gc();
			used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
		}
		return used;
	}

}
