package com.example.signin.session.redis;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.NeedsRedis;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RedisServer;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.TwoInstances;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions that two instances share.
 */
@NeedsRedis
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RedisSessionTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	private static final String SECURITY_CONTEXT = "sessionAttr:SPRING_SECURITY_CONTEXT";

	private static final int MAX_BYTES = 10 * 1024;

	private final ExecutorService eight = Executors.newFixedThreadPool(8);

	private TwoInstances instances;

	private Visitor visitor;

	@BeforeEach
	void start() {
		this.instances = TwoInstances.get();
		this.visitor = this.instances.balancer().visitor();
		redis((connection) -> connection.serverCommands().flushAll());
	}

	@AfterEach
	void stop() {
		ProviderForTests.PROVIDER.changeRefreshTokenGracePeriod(Duration.ZERO);
		this.eight.shutdownNow();
	}

	@Test
	void signInWhenBegunOnOneInstanceThenFinishedOnTheOtherAndServedByBoth() {
		this.visitor.signIn("/profile", "alice");
		assertThat(this.instances.balancer().instancesOf("/profile").get(0))
			.isNotEqualTo(this.instances.balancer().instancesOf("/login/oauth2/code/pingone").get(0));
		assertThat(openOnEach("/profile")).allSatisfy((page) -> assertThat(page.body()).contains("Alice Example"));
		assertThat(openOnEach("/session"))
			.allSatisfy((page) -> assertThat(page.body()).contains("The tokens are those of the sign-in"));
	}

	@Test
	void signOutWhenOnOneInstanceThenSignedOutOnBothAndNothingIsKept() {
		HttpResponse<String> page = this.visitor.signIn("/profile", "alice");
		assertThat(sessions()).hasSize(1);
		HttpResponse<String> signedOut = this.visitor.follow(this.visitor.submit("/logout", page, Form.parse("")));
		assertThat(signedOut.body()).contains("You are signed out");
		assertThat(openOnEach("/profile")).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(302));
		assertThat(sessions()).isEmpty();
	}

	@Test
	void sessionWhenStoredThenJsonThatExpiresAndHoldsNoClientSecret() {
		this.visitor.signIn("/session", "alice");
		String key = sessions().get(0);
		assertThat(key).startsWith("pingone-signin:sessions:");
		redis((connection) -> {
			assertThat(connection.keyCommands().ttl(bytes(key))).isBetween(29 * 60L, 30 * 60L);
			Map<byte[], byte[]> fields = Objects.requireNonNull(connection.hashCommands().hGetAll(bytes(key)));
			assertThat(fields.values()).extracting((value) -> new String(value, StandardCharsets.ISO_8859_1))
				.allSatisfy((value) -> assertThat(value).matches("[{\\[\\d].*|")
					.doesNotContain(LocalProvider.CLIENT_SECRET));
			int size = fields.entrySet()
				.stream()
				.mapToInt((field) -> field.getKey().length + field.getValue().length)
				.sum();
			assertThat(size).as("bytes of one stored session").isBetween(1_000, MAX_BYTES);
			System.err
				.println("XX size " + size + " memory " + connection.execute("MEMORY", bytes("USAGE"), bytes(key)));
		});
	}

	@Test
	void visitorsWhenTheyHaveNotSignedInThenNoSession() {
		openOnEach("/session?visit=1");
		openOnEach("/");
		assertThat(sessions()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "{\"@class\":\"com.example.of.AnotherVersion\"}",
			"[\"javax.naming.InitialContext\",{}]" })
	void sessionWhenUnreadableThenSignedOutAndLeftAlone(String content, CapturedOutput output) {
		this.visitor.signIn("/profile", "alice");
		String key = sessions().get(0);
		redis((connection) -> connection.hashCommands().hSet(bytes(key), bytes(SECURITY_CONTEXT), bytes(content)));
		assertThat(openOnEach("/profile")).allSatisfy((page) -> {
			assertThat(page.statusCode()).isEqualTo(302);
			assertThat(Visitor.location(page)).contains("/as/authorize?");
		});
		assertThat(openOnEach("/")).allSatisfy((page) -> assertThat(page.statusCode()).isEqualTo(200));
		assertThat(this.visitor.follow(this.visitor.open("/profile")).body()).contains("Alice Example");
		assertThat(sessions()).hasSize(2).contains(key);
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void sessionWhenPartIsMissingThenSignedOut() {
		this.visitor.signIn("/profile", "alice");
		String key = sessions().get(0);
		redis((connection) -> connection.hashCommands().hDel(bytes(key), bytes("creationTime")));
		assertThat(openOnEach("/profile")).allSatisfy((page) -> assertThat(page.statusCode()).isEqualTo(302));
	}

	@Test
	void renewalWhenAskedForInParallelOnOneInstanceThenOne() {
		signInForASecond();
		List<CompletableFuture<HttpResponse<String>>> pages = Stream
			.generate(() -> CompletableFuture.supplyAsync(() -> openOn(this.instances.one(), "/session"), this.eight))
			.limit(8)
			.toList();
		assertThat(pages).allSatisfy((page) -> assertThat(page.join().body()).contains("How this sign-in happened"));
		assertThat(renewals()).hasSize(1);
	}

	@Test
	void renewalWhenOnBothInstancesAtOnceThenBothSucceed() {
		ProviderForTests.PROVIDER.changeRefreshTokenGracePeriod(Duration.ofMinutes(1));
		signInForASecond();
		CountDownLatch both = new CountDownLatch(2);
		RELAY.at("/token", (exchange) -> {
			both.countDown();
			try {
				assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			// The second one comes with a refresh token that has been replaced.
			synchronized (both) {
				return exchange.passOn();
			}
		});
		List<CompletableFuture<HttpResponse<String>>> pages = Stream.of(this.instances.one(), this.instances.two())
			.map((instance) -> CompletableFuture.supplyAsync(() -> openOn(instance, "/session"), this.eight))
			.toList();
		assertThat(pages)
			.allSatisfy((page) -> assertThat(page.join().body()).contains("The refresh token was redeemed last on"));
		assertThat(renewals()).hasSize(2);
		assertThat(openOnEach("/session"))
			.allSatisfy((page) -> assertThat(page.body()).contains("The refresh token was redeemed last on"));
	}

	@Test
	void requestsWhenRedisDoesNotAnswerThenOnlyThoseThatNeedASessionFailAndInTime(CapturedOutput output) {
		HttpResponse<String> profile = this.visitor.signIn("/profile", "alice");
		String callback = this.instances.balancer().visitor().signInUpToCallback("/profile", "bob");
		this.instances.redis().pause();
		try {
			assertOutage(() -> openOn(this.instances.one(), "/profile"));
			assertOutage(() -> this.visitor.submit("/logout", profile, Form.parse("")));
			assertOutage(() -> this.visitor.open(callback));
			assertThat(inTime(() -> openOn(this.instances.one(), "/"))).satisfies((page) -> {
				assertThat(page.statusCode()).isEqualTo(200);
				assertThat(page.body()).doesNotContain("Alice");
			});
			for (String probe : List.of("/livez", "/readyz", "/actuator/health")) {
				assertThat(inTime(() -> openOn(this.instances.one(), probe)).body()).as(probe).contains("\"UP\"");
			}
			assertThat(Visitor.location(this.instances.balancer().visitor().open("/profile")))
				.contains("/as/authorize?");
		}
		finally {
			this.instances.redis().goOn();
		}
		assertThat(openOnEach("/profile")).allSatisfy((page) -> assertThat(page.body()).contains("Alice Example"));
		assertThat(output).doesNotContain("\tat ");
		assertThat(output.getOut().lines().filter((line) -> line.contains("Sessions are unavailable")).count())
			.isLessThanOrEqualTo(2);
	}

	@Test
	void signInWhenRedisDiesMeanwhileThenUnavailableAndSucceedsWhenItIsBack(CapturedOutput output) {
		String callback = this.visitor.signInUpToCallback("/profile", "alice");
		this.instances.redis().kill();
		try {
			assertOutage(() -> this.visitor.open(callback));
			assertThat(openOnEach("/")).allSatisfy((page) -> assertThat(page.statusCode()).isEqualTo(200));
		}
		finally {
			this.instances.redis().start();
		}
		// Until the connections that the old one had are found broken.
		await().atMost(10, TimeUnit.SECONDS)
			.until(() -> this.visitor.follow(this.visitor.open("/profile")).body().contains("Alice Example"));
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void applicationWhenRedisIsDownAtTheStartThenStartsAndRecovers(CapturedOutput output) {
		try (RedisServer redis = RedisServer.stopped();
				RunningApplication application = RunningApplication.with(TwoInstances.settings(redis))) {
			Visitor alice = application.visitor();
			assertThat(alice.fetch("/readyz").statusCode()).isEqualTo(200);
			assertThat(alice.open("/").statusCode()).isEqualTo(200);
			String callback = alice.signInUpToCallback("/profile", "alice");
			assertOutage(() -> alice.open(callback));
			redis.start();
			assertThat(alice.follow(alice.open("/profile")).body()).contains("Alice Example");
			assertThat(output).containsOnlyOnce("Sessions are unavailable").doesNotContain("\tat ");
		}
	}

	private static void assertOutage(Supplier<HttpResponse<String>> request) {
		HttpResponse<String> answer = inTime(request);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("Try again in a little while", "</html>").doesNotContain("Sign out");
		assertThat(answer.headers().map()).containsKeys("Retry-After", "Content-Security-Policy");
	}

	private static HttpResponse<String> inTime(Supplier<HttpResponse<String>> request) {
		long begun = System.nanoTime();
		HttpResponse<String> answer = request.get();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
		return answer;
	}

	private void signInForASecond() {
		RELAY.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		this.visitor.signIn("/profile", "alice");
		RELAY.reset();
	}

	private static List<Relay.Request> renewals() {
		return RELAY.requests("/token")
			.stream()
			.filter((request) -> request.form().get("grant_type").equals("refresh_token"))
			.toList();
	}

	private List<HttpResponse<String>> openOnEach(String page) {
		return Stream.of(this.instances.one(), this.instances.two()).map((instance) -> openOn(instance, page)).toList();
	}

	/**
	 * With the same cookies: they know no ports.
	 */
	private HttpResponse<String> openOn(RunningApplication instance, String page) {
		return this.visitor.open("http://localhost:" + instance.port() + page);
	}

	private List<String> sessions() {
		try (RedisConnection connection = connection()) {
			return Objects.requireNonNull(connection.keyCommands().keys(bytes("*:sessions:*")))
				.stream()
				.map((key) -> new String(key, StandardCharsets.UTF_8))
				.toList();
		}
	}

	private void redis(Consumer<RedisConnection> commands) {
		try (RedisConnection connection = connection()) {
			commands.accept(connection);
		}
	}

	private RedisConnection connection() {
		return this.instances.one().context().getBean(RedisConnectionFactory.class).getConnection();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
