package com.example.signin.logout.backchannel.redis;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.logout.backchannel.Sessions;
import com.example.signin.support.Form;
import com.example.signin.support.NeedsRedis;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.TwoInstances;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Back-channel logout at one of two instances.
 */
@NeedsRedis
@Timeout(120)
class RedisSessionsTests {

	private static final String ALICE = "a11ce000-5b1c-4a7e-8f3d-6e2d9c0b4a71";

	private static final String ENDPOINT = "/logout/connect/back-channel/pingone";

	private TwoInstances instances;

	@BeforeEach
	void start() {
		this.instances = TwoInstances.get();
	}

	@AfterEach
	void sendNoMoreLogoutTokens() {
		ProviderForTests.PROVIDER.sendLogoutTokensTo(null);
	}

	@Test
	void logoutTokenWhenTakenByOneInstanceThenEndsTheSessionOnBoth() {
		ProviderForTests.PROVIDER
			.sendLogoutTokensTo(URI.create("http://localhost:" + this.instances.two().port() + ENDPOINT));
		Visitor visitor = this.instances.balancer().visitor();
		HttpResponse<String> page = visitor.signIn("/profile", "alice");
		// To the browser another site, to the provider the same sign-on.
		String other = "http://127.0.0.1:" + this.instances.one().port() + "/profile";
		assertThat(visitor.follow(visitor.open(other)).uri()).isEqualTo(URI.create(other));
		Visitor aliceElsewhere = signedIn("alice");
		visitor.follow(visitor.submit("/logout", page, Form.parse("")));
		assertThat(visitor.fetch(other).statusCode()).isEqualTo(401);
		assertThat(isSignedInOnBoth(aliceElsewhere)).isTrue();
	}

	@Test
	void logoutTokenWhenSubThenEndsAllSessionsOfThatPerson() {
		endAll(ALICE);
		Visitor alice = signedIn("alice");
		Visitor aliceElsewhere = signedIn("alice");
		Visitor bob = signedIn("bob");
		assertThat(endAll(ALICE)).isEqualTo(2);
		assertThat(isSignedInOnBoth(alice)).isFalse();
		assertThat(isSignedInOnBoth(aliceElsewhere)).isFalse();
		assertThat(isSignedInOnBoth(bob)).isTrue();
		assertThat(endAll(ALICE)).isZero();
	}

	@Test
	void indexWhenWrittenThenLastsAsLongAsASessionMay() {
		signedIn("alice");
		StringRedisTemplate redis = this.instances.one().context().getBean(StringRedisTemplate.class);
		assertThat(Objects.requireNonNull(redis.keys("*:signed-in:*"))).isNotEmpty()
			.allSatisfy((key) -> assertThat(redis.getExpire(key)).isBetween(11 * 3600L, 12 * 3600L));
	}

	private int endAll(String subject) {
		OidcLogoutToken logoutToken = OidcLogoutToken.withTokenValue("token")
			.issuer(ProviderForTests.RELAY.issuer("localhost"))
			.audience(List.of(LocalProvider.CLIENT_ID))
			.jti("id")
			.subject(subject)
			.build();
		return this.instances.two().context().getBean(Sessions.class).end(logoutToken).size();
	}

	private Visitor signedIn(String userName) {
		Visitor visitor = this.instances.balancer().visitor();
		visitor.signIn("/profile", userName);
		assertThat(isSignedInOnBoth(visitor)).isTrue();
		return visitor;
	}

	/**
	 * With the same cookies: they know no ports.
	 */
	private boolean isSignedInOnBoth(Visitor visitor) {
		return Stream.of(this.instances.one(), this.instances.two())
			.allMatch((
					instance) -> visitor.fetch("http://localhost:" + instance.port() + "/profile").statusCode() == 200);
	}

}
