package com.example.signin.provider;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The provider is not there: for the application that starts meanwhile, for those who
 * want to sign in, for those who are signed in and for those who sign out.
 */
@Timeout(180)
class ProviderOutageTests {

	private static final String DISCOVERY = "/.well-known/openid-configuration";

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int HERD = 50;

	@Test
	void applicationWhenStartedWithoutProviderThenReadyAndLaterSignsIn() throws Exception {
		int port = closedPort();
		String issuer = ProviderForTests.PROVIDER.issuer().replace(":" + ProviderForTests.PROVIDER.port(), ":" + port);
		try (RunningApplication application = SeparateSignin.at(issuer)) {
			Visitor visitor = application.visitor();
			assertThat(Stream.of("/readyz", "/livez", "/", "/signed-out").map(visitor::open))
				.allSatisfy((page) -> assertThat(page.statusCode()).isEqualTo(200));
			assertUnavailable(visitor.open("/profile"));
			assertUnavailable(visitor.open("/oauth2/authorization/pingone"));
			try (LocalProvider provider = LocalProvider.start(port)) {
				provider.allowApplication("http://localhost:" + application.port());
				awaitProvider(visitor);
				assertThat(visitor.signIn("/profile", "alice").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void protectedPageWhenHerdOfVisitorsThenFewDiscoveryCallsOneAtATime() throws Exception {
		try (SeparateSignin signin = SeparateSignin.with()) {
			Calls calls = new Calls();
			signin.relay().at(DISCOVERY, calls);
			long start = System.nanoTime();
			assertThat(herd(signin, calls.answers::countDown)).allSatisfy(ProviderOutageTests::assertUnavailable);
			long pauses = Duration.ofNanos(System.nanoTime() - start).dividedBy(PAUSE_AFTER_FAILURE);
			assertThat(calls.startedAt).hasSizeBetween(1, (int) (1 + pauses));
			Visitor visitor = signin.visitor();
			int callsOfHerd = calls.startedAt.size();
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
				assertUnavailable(visitor.open("/profile"));
				return calls.startedAt.size() > callsOfHerd;
			});
			assertThat(calls.most).hasValue(1);
			assertThat(calls.shortestPause()).isGreaterThan(Duration.ofMillis(900));
		}
	}

	@Test
	void protectedPageWhenHerdOfVisitorsAndProviderIsThereThenDiscoveredOnce() throws Exception {
		try (SeparateSignin signin = SeparateSignin.with()) {
			assertThat(herd(signin, () -> {
			})).allSatisfy((page) -> assertThat(page.statusCode()).isEqualTo(302));
			assertThat(signin.relay().requests(DISCOVERY)).hasSize(1);
		}
	}

	@Test
	void callbackWhenApplicationWasRestartedIntoAnOutageThenUnavailable() {
		try (SeparateSignin signin = SeparateSignin.with();
				RunningApplication restarted = SeparateSignin.at(signin.relay().issuer("localhost"))) {
			Visitor visitor = signin.visitor();
			String callback = visitor.signInUpToCallback("/profile", "alice");
			signin.relay().at("", Faults.status(500));
			assertUnavailable(visitor.open(at(restarted, callback)));
		}
	}

	@Test
	void pagesWhenSignedInThenNothingOfTheOutageIsNoticed() {
		try (SeparateSignin signin = SeparateSignin.with()) {
			Visitor visitor = signin.visitor();
			visitor.signIn("/profile", "alice");
			signin.relay().reset();
			signin.relay().at("", Faults.status(500));
			assertPagesOf(visitor, "");
			assertThat(signin.relay().requests("")).isEmpty();
		}
	}

	@Test
	void pagesAndLogoutWhenApplicationWasRestartedIntoAnOutageThenWork(@TempDir Path sessions) {
		String[] kept = { "server.servlet.session.persistent=true", "server.servlet.session.store-dir=" + sessions };
		try (Relay relay = Relay.to(ProviderForTests.PROVIDER)) {
			String issuer = relay.issuer("localhost");
			Visitor visitor;
			try (RunningApplication before = SeparateSignin.at(issuer, kept)) {
				visitor = before.visitor();
				visitor.signIn("/profile", "alice");
			}
			relay.at("", Faults.status(500));
			try (RunningApplication after = SeparateSignin.at(issuer, kept)) {
				String base = "http://localhost:" + after.port();
				HttpResponse<String> profile = visitor.open(base + "/profile");
				assertThat(profile.statusCode()).isEqualTo(200);
				assertPagesOf(visitor, base);
				HttpResponse<String> signedOut = visitor.submit(base + "/logout", profile, Form.parse(""));
				assertThat(Visitor.location(signedOut)).isEqualTo(base + "/signed-out");
				assertUnavailable(visitor.open(base + "/profile"));
			}
		}
	}

	private static void assertPagesOf(Visitor visitor, String base) {
		assertThat(Stream.of("/profile", "/session", "/").map((path) -> visitor.open(base + path)))
			.allSatisfy((page) -> assertThat(page.statusCode()).as(page.uri().getPath()).isEqualTo(200));
	}

	private static void assertUnavailable(HttpResponse<String> page) {
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.headers().firstValue("Retry-After")).isPresent();
		assertThat(page.body()).contains("Sign-in is unavailable");
	}

	private static void awaitProvider(Visitor visitor) {
		await().atMost(PATIENCE).until(() -> visitor.open("/profile").statusCode() == 302);
	}

	private static String at(RunningApplication application, String url) {
		return url.replaceFirst("localhost:\\d+", "localhost:" + application.port());
	}

	private static List<HttpResponse<String>> herd(SeparateSignin signin, Runnable onArrival) throws Exception {
		ExecutorService executor = Executors.newCachedThreadPool();
		CountDownLatch together = new CountDownLatch(1);
		try {
			List<Future<HttpResponse<String>>> pages = Stream.generate(signin::visitor)
				.limit(HERD)
				.map((visitor) -> executor.submit(() -> {
					together.await();
					onArrival.run();
					return visitor.open("/profile");
				}))
				.toList();
			together.countDown();
			List<HttpResponse<String>> opened = new CopyOnWriteArrayList<>();
			for (Future<HttpResponse<String>> page : pages) {
				opened.add(page.get(30, TimeUnit.SECONDS));
			}
			return opened;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Answers each discovery call with an error, the first when the whole herd is on its
	 * way.
	 */
	private static final class Calls implements Relay.Disturbance {

		private final CountDownLatch answers = new CountDownLatch(HERD);

		private final List<Long> startedAt = new CopyOnWriteArrayList<>();

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		@Override
		public Relay.Answer apply(Relay.Exchange exchange) {
			this.startedAt.add(System.nanoTime());
			this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
			return (http) -> {
				try {
					this.answers.await(4, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					throw new IOException(ex);
				}
				this.now.decrementAndGet();
				Relay.Response.json(500, "{}").send(http);
			};
		}

		Duration shortestPause() {
			return Stream.iterate(1, (call) -> call < this.startedAt.size(), (call) -> call + 1)
				.map((call) -> Duration.ofNanos(this.startedAt.get(call) - this.startedAt.get(call - 1)))
				.min(Duration::compareTo)
				.orElseThrow();
		}

	}

}
