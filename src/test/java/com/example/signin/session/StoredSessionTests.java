package com.example.signin.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a signed-in person's session holds.
 */
class StoredSessionTests {

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

}
