package com.example.signin.session.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.serializer.SerializationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The stored form of everything that a session holds.
 */
class SessionSerializerTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private final SessionSerializer serializer = new SessionSerializer();

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void attributesOfAnEventfulSessionWhenReadBackThenTheSameAndWithoutTheClientSecret() {
		Map<String, Object> attributes = eventfulSession();
		assertThat(attributes.keySet()).extracting((name) -> name.substring(name.lastIndexOf('.') + 1))
			.contains("SPRING_SECURITY_CONTEXT", "pingone", "SigninRecord", "Renewal", "signedInAt", "signInAskedFor",
					"SigninStrength", "CSRF_TOKEN");
		attributes.forEach((name, value) -> {
			byte[] stored = this.serializer.serialize(value);
			assertThat(stored).as(name).isNotNull();
			assertThat(new String(stored, StandardCharsets.UTF_8)).as(name)
				.doesNotContain(LocalProvider.CLIENT_SECRET, "clientSecret");
			assertThat(this.serializer.deserialize(stored)).as(name)
				.usingRecursiveComparison()
				.withStrictTypeChecking()
				.ignoringCollectionOrder()
				.isEqualTo(value);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "[\"javax.naming.InitialContext\",{}]", "{\"@class\":\"javax.naming.InitialContext\"}",
			"[\"com.example.signin.SigninApplication\",{}]", "[\"java.io.File\",\"/etc/passwd\"]", "{", "\u0000",
			"[\"java.time.Instant\",\"tomorrow\"]" })
	void contentWhenOfAnotherTypeOrNoneThenRefused(String content) {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.serializer.deserialize(content.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * A sign-in for a page that needs more, with claims of all kinds, a renewal that the
	 * provider refused, and one that it did not.
	 */
	private static Map<String, Object> eventfulSession() {
		try (RunningApplication application = RunningApplication.with("signin.step-up[0].paths=/profile",
				"signin.step-up[0].max-age=1h", "signin.roles.claim=groups", "signin.userinfo=always")) {
			RELAY.at("/userinfo", (exchange) -> exchange.passOn()
				.changed((claims) -> claims.put("address", Map.of("locality", "Here", "numbers", List.of(1, 2.5)))));
			RELAY.at("/token", SessionSerializerTests::withManyClaims);
			Visitor visitor = application.visitor();
			visitor.signIn("/profile", "alice");
			RELAY.at("/token", (exchange) -> exchange.request().form().get("grant_type").equals("refresh_token")
					? Relay.Response.json(400, "{\"error\":\"invalid_grant\"}") : withManyClaims(exchange));
			visitor.open(visitor.followToCallback(visitor.open("/session")));
			RELAY.at("/token", SessionSerializerTests::withManyClaims);
			assertThat(visitor.open("/session").body()).contains("The refresh token was redeemed last on");
			visitor.submit("/nowhere", Form.parse(""));
			StandardSession session = (StandardSession) application.sessions().findSessions()[0];
			Map<String, Object> attributes = new HashMap<>();
			Collections.list(session.getAttributeNames())
				.forEach((name) -> attributes.put(name, session.getAttribute(name)));
			return attributes;
		}
	}

	private static Relay.Response withManyClaims(Relay.Exchange exchange) {
		return exchange.passOn().changed((answer) -> {
			answer.put("expires_in", 1);
			IdTokens
				.with((claims) -> claims.claim("groups", List.of("Administrators"))
					.claim("address", Map.of("locality", "Here", "numbers", Arrays.asList(1, 2.5, 9876543210L, null)))
					.claim("level", 3)
					.claim("since", 1700000000123L)
					.claim("share", 0.5)
					.claim("email_verified", true)
					.claim("nothing", null))
				.apply(answer);
		});
	}

}
