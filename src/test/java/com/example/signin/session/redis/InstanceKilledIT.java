package com.example.signin.session.redis;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.example.signin.support.Balancer;
import com.example.signin.support.NeedsRedis;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RedisServer;
import com.example.signin.support.RunningJar;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of two instances, as they ship, is killed while many people sign in.
 */
@NeedsRedis
@Timeout(180)
class InstanceKilledIT {

	private static final int PEOPLE = 200;

	private static final int SIGNED_IN_BEFORE = 60;

	private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);

	private final CountDownLatch signedInBefore = new CountDownLatch(SIGNED_IN_BEFORE);

	private final AtomicInteger signedIn = new AtomicInteger();

	private final AtomicInteger retries = new AtomicInteger();

	@TempDir
	Path folder;

	@AfterEach
	void stop() {
		this.people.shutdownNow();
	}

	@Test
	void instanceWhenKilledThenNoSessionIsLostAndASignInIsRetriedOnceAtMost() throws Exception {
		ProviderForTests.reset();
		try (RedisServer redis = RedisServer.started();
				RunningJar one = start("one", redis);
				RunningJar two = start("two", redis);
				Balancer balancer = Balancer.of(one.awaitPort(), two.awaitPort())) {
			List<CompletableFuture<Visitor>> visitors = IntStream.range(0, PEOPLE)
				.mapToObj((person) -> CompletableFuture.supplyAsync(() -> signIn(balancer), this.people))
				.toList();
			assertThat(this.signedInBefore.await(120, TimeUnit.SECONDS)).isTrue();
			one.close();
			assertThat(this.signedIn).as("people who had signed in by then").hasValueLessThan(PEOPLE);
			assertThat(visitors).allSatisfy((visitor) -> assertThat(isSignedIn(visitor.get(120, TimeUnit.SECONDS)))
				.as("signed in, and still so")
				.isTrue());
			assertThat(this.retries).as("sign-ins that the kill has met").hasPositiveValue();
		}
	}

	private RunningJar start(String name, RedisServer redis) throws Exception {
		Path own = Files.createDirectory(this.folder.resolve(name));
		Map<String, String> settings = RunningJar.settings(own);
		settings.putAll(Map.of("SPRING_PROFILES_ACTIVE", "redis", "SPRING_DATA_REDIS_URL", redis.url(),
				"SERVER_FORWARD_HEADERS_STRATEGY", "native", "SIGNIN_PREFLIGHT_ENABLED", "false"));
		return RunningJar.start(own, settings);
	}

	private Visitor signIn(Balancer balancer) {
		Visitor visitor = balancer.visitor();
		if (!hasSignedIn(visitor)) {
			this.retries.incrementAndGet();
			assertThat(hasSignedIn(visitor)).as("signed in at the second try").isTrue();
		}
		this.signedIn.incrementAndGet();
		this.signedInBefore.countDown();
		return visitor;
	}

	/**
	 * What a person does who wants a page, wherever that leads.
	 */
	private static boolean hasSignedIn(Visitor visitor) {
		try {
			HttpResponse<String> page = visitor.follow(visitor.open("/profile"));
			if (page.body().contains("name=\"password\"")) {
				page = visitor.follow(visitor.signOn(page, "alice"));
			}
			return isProfile(page);
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private static boolean isSignedIn(Visitor visitor) {
		return isProfile(visitor.open("/profile"));
	}

	private static boolean isProfile(HttpResponse<String> page) {
		return page.statusCode() == 200 && page.body().contains("Alice Example");
	}

}
