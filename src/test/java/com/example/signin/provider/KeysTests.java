package com.example.signin.provider;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The provider's keys, and how often they are asked for.
 */
@Timeout(180)
class KeysTests {

	private static final String KEYS = "/jwks";

	private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

	/** What the person is told to wait, and as much again for a machine under load. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(20);

	/** Seven seconds, and as much again for a machine under load. */
	private static final Duration IN_TIME = Duration.ofSeconds(15);

	private SeparateSignin signin;

	@BeforeEach
	void start() {
		this.signin = SeparateSignin.with();
	}

	@AfterEach
	void stop() {
		this.signin.close();
	}

	@Test
	void signInWhenManyThenKeysAreFetchedOnce() {
		assertThat(IntStream.range(0, 10).map((person) -> signIn())).containsOnly(200);
		assertThat(fetches()).isOne();
	}

	@Test
	void signInWhenProviderSignsWithANewKeyThenPickedUpAtOnce() {
		assertThat(signIn()).isEqualTo(200);
		ProviderForTests.PROVIDER.rotateSigningKey();
		assertThat(signIn()).isEqualTo(200);
		assertThat(signIn()).isEqualTo(200);
		assertThat(fetches()).isEqualTo(2);
	}

	@Test
	void signInWhenKeysAreUnknownAgainAndAgainThenProviderIsNotHammered() {
		long start = System.nanoTime();
		assertThat(signIn()).isEqualTo(200);
		this.signin.relay().at("/token", KeysTests::withUnknownKey);
		assertThat(IntStream.range(0, 20).map((person) -> signIn())).allMatch((status) -> status >= 502);
		long periods = 1 + Duration.ofNanos(System.nanoTime() - start).dividedBy(BETWEEN_FETCHES);
		assertThat(fetches()).isBetween(2, (int) (2 * periods));
	}

	@Test
	void signInWhenKeysAreUnknownAgainAndAgainThenOthersStillSignIn() {
		assertThat(signIn()).isEqualTo(200);
		this.signin.relay().at("/token", KeysTests::withUnknownKey);
		IntStream.range(0, 5).forEach((person) -> signIn());
		this.signin.relay().reset();
		assertThat(signIn()).isEqualTo(200);
	}

	@Test
	void signInWhenKeysCannotBeHadButAreKnownThenWorks() {
		assertThat(signIn()).isEqualTo(200);
		this.signin.relay().at(KEYS, Faults.status(500));
		assertThat(signIn()).isEqualTo(200);
	}

	@Test
	void signInWhenKeysCouldNotBeHadSeveralTimesThenNextAttemptWorks() {
		this.signin.relay().at(KEYS, Faults.status(500));
		assertThat(IntStream.range(0, 5).map((person) -> signIn())).containsOnly(503);
		this.signin.relay().reset();
		await().atMost(RETRY_AFTER).until(() -> signIn() == 200);
	}

	@Test
	void signInWhenKeysNeverComeThenEachOfManyVisitorsIsToldInTime() throws Exception {
		this.signin.relay().at(KEYS, Faults.never());
		ExecutorService visitors = Executors.newCachedThreadPool();
		try {
			List<Future<Duration>> waits = visitors.invokeAll(Collections.nCopies(5, this::timeToFailure));
			for (Future<Duration> wait : waits) {
				assertThat(wait.get()).isLessThan(IN_TIME);
			}
		}
		finally {
			visitors.shutdownNow();
		}
	}

	private Duration timeToFailure() {
		Visitor visitor = this.signin.visitor();
		String callback = visitor.signInUpToCallback("/profile", "alice");
		long start = System.nanoTime();
		assertThat(visitor.open(callback).statusCode()).isEqualTo(503);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private int signIn() {
		return this.signin.visitor().signIn("/profile", "alice").statusCode();
	}

	private int fetches() {
		return this.signin.relay().requests(KEYS).size();
	}

	private static Relay.Answer withUnknownKey(Relay.Exchange exchange) {
		return exchange.passOn().changed((answer) -> {
			SignedJWT idToken = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build(),
					SignedJWT.parse((String) answer.get("id_token")).getJWTClaimsSet());
			idToken.sign(new RSASSASigner(ProviderForTests.PROVIDER.signingKey()));
			answer.put("id_token", idToken.serialize());
		});
	}

}
