package com.example.signin.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a signed-in person's session holds.
 */
class StoredSessionTests {

	private static final int GROUPS = 5;

	private static final int GROUP = 50;

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
		ProviderForTests.RELAY.at("/token", (exchange) -> exchange.passOn(StoredSessionTests::withAssertion));
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
			Manager manager = webApplication(application).getManager();
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
			assertThat(webApplication(application).getManager().findSessions()).isEmpty();
		}
	}

	private static Form withAssertion(Form form) {
		try {
			SignedJWT assertion = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().issuer(LocalProvider.CLIENT_ID)
						.subject(LocalProvider.CLIENT_ID)
						.audience(ProviderForTests.RELAY.issuer("localhost"))
						.expirationTime(Date.from(Instant.now().plusSeconds(60)))
						.build());
			assertion.sign(new MACSigner(LocalProvider.CLIENT_SECRET));
			return form.without("client_secret")
				.with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
				.with("client_assertion", assertion.serialize());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> sessionOfAlice(String... settings) {
		try (RunningApplication application = RunningApplication.with(settings)) {
			application.visitor().signIn("/session", "alice");
			StandardSession session = (StandardSession) webApplication(application).getManager().findSessions()[0];
			Map<String, Object> attributes = new HashMap<>();
			session.getAttributeNames()
				.asIterator()
				.forEachRemaining((name) -> attributes.put(name, session.getAttribute(name)));
			assertThat(attributes).hasSizeGreaterThanOrEqualTo(3);
			return attributes;
		}
	}

	private static Context webApplication(RunningApplication application) {
		TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) application.context()).getWebServer();
		for (Container container : Objects.requireNonNull(server).getTomcat().getHost().findChildren()) {
			if (container instanceof Context context) {
				return context;
			}
		}
		throw new AssertionError("No web application");
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
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
		}
		return used;
	}

}
