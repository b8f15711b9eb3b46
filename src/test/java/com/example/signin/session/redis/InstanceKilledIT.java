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
import java.util.stream.Stream;

import com.example.signin.support.Balancer;
import com.example.signin.support.NeedsRedis;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RedisServer;
import com.example.signin.support.Relay;
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

	private static final int AT_ONCE = 16;

	private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);

	private final CountDownLatch midway = new CountDownLatch(AT_ONCE);

	private final CountDownLatch killed = new CountDownLatch(1);

	private final AtomicInteger signedIn = new AtomicInteger();

	private final AtomicInteger retries = new AtomicInteger();

	@TempDir
	Path folder;

	@AfterEach
	void stop() {
		this.hands.shutdownNow();
	}

	@Test
	void instanceWhenKilledThenNoSessionIsLostAndASignInIsRetriedOnceAtMost() throws Exception {
		ProviderForTests.reset();
		try (RedisServer redis = RedisServer.started();
				RunningJar one = start("one", redis);
				RunningJar two = start("two", redis);
				Balancer balancer = Balancer.of(one.awaitPort(), two.awaitPort())) {
			List<SignIn> underWay = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> SignIn.begin(balancer.visitor()), this.hands))
				.limit(PEOPLE)
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toList();
			ProviderForTests.RELAY.at("/token", this::holdUntilKilled);
			List<CompletableFuture<Visitor>> visitors = underWay.stream()
				.map((signIn) -> CompletableFuture.supplyAsync(() -> finish(signIn), this.hands))
				.toList();
			assertThat(this.midway.await(60, TimeUnit.SECONDS)).isTrue();
			one.kill();
			this.killed.countDown();
			assertThat(visitors).allSatisfy((visitor) -> assertThat(profile(visitor.get(60, TimeUnit.SECONDS)))
				.as("the page of a person who has signed in")
				.contains("Alice Example"));
			assertThat(this.retries).as("sign-ins that the kill has met").hasValueBetween(1, AT_ONCE);
		}
	}

	/**
	 * The kill is to meet people whose code has been redeemed and whose tokens have not
	 * arrived: the balancer may send their callback again, and it must not win.
	 */
	private Relay.Response holdUntilKilled(Relay.Exchange exchange) {
		Relay.Response response = exchange.passOn();
		if (this.signedIn.get() >= SIGNED_IN_BEFORE) {
			this.midway.countDown();
			try {
				assertThat(this.killed.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return response;
	}

	private Visitor finish(SignIn signIn) {
		if (!signIn.finish().contains("Alice Example")) {
			this.retries.incrementAndGet();
			assertThat(profile(signIn.visitor())).as("the page at the second try").contains("Alice Example");
		}
		this.signedIn.incrementAndGet();
		return signIn.visitor();
	}

	private static String profile(Visitor visitor) {
		return visitor.follow(visitor.open("/profile")).body();
	}

	private RunningJar start(String name, RedisServer redis) throws Exception {
		Path own = Files.createDirectory(this.folder.resolve(name));
		Map<String, String> settings = RunningJar.settings(own);
		settings.putAll(Map.of("SPRING_PROFILES_ACTIVE", "redis", "SPRING_DATA_REDIS_URL", redis.url(),
				"SERVER_FORWARD_HEADERS_STRATEGY", "native", "SIGNIN_PREFLIGHT_ENABLED", "false"));
		return RunningJar.start(own, settings);
	}

	/**
	 * A person on the provider's page.
	 */
	private record SignIn(Visitor visitor, HttpResponse<String> passwordPage) {

		static SignIn begin(Visitor visitor) {
			return new SignIn(visitor, visitor.follow(visitor.open("/profile")));
		}

		/**
		 * @return what the browser shows in the end
		 */
		String finish() {
			try {
				return this.visitor.follow(this.visitor.signOn(this.passwordPage, "alice")).body();
			}
			catch (UncheckedIOException ex) {
				return "";
			}
		}

	}

}
