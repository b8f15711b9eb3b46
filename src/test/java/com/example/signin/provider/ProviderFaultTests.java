package com.example.signin.provider;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Faults;
import com.example.signin.support.Relay;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.Visitor;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each way in which an endpoint of the provider can fail: the page that the person sees,
 * the line that the operator finds, and that the next attempt works.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(300)
class ProviderFaultTests {

	/** Seven seconds, and as much again for a machine under load. */
	private static final Duration IN_TIME = Duration.ofSeconds(15);

	/** What the person is told to wait, and as much again for a machine under load. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(20);

	private static final Pattern REFERENCE = Pattern.compile("Reference <code>([0-9a-f]{16})<");

	private static SeparateSignin running;

	@BeforeAll
	static void start() {
		running = fresh();
	}

	@AfterAll
	static void stop() {
		running.close();
	}

	static Stream<Arguments> ofEndpointsReadAtEachSignIn() {
		return quick()
			.filter((arguments) -> arguments.get()[0] == Endpoint.TOKEN || arguments.get()[0] == Endpoint.USERINFO);
	}

	private static Stream<Arguments> quick() {
		Stream<Arguments> everywhere = Stream.of(Endpoint.values())
			.flatMap((endpoint) -> Stream
				.of(new Fault("hangs up", 503, "EOF", Faults.hangUp()),
						new Fault("hangs up halfway", 503, "EOF", Faults.hangUpHalfway()),
						new Fault("500", 503, "status 500", Faults.status(500)),
						new Fault("429", 503, "status 429", Faults.status(429)),
						new Fault("redirect", 503, "redirect, status 302", Faults.redirect()),
						new Fault("HTML", 503, "Exception", Faults.html()),
						new Fault("invalid JSON", 503, "Exception",
								Faults.json(200, "{\"access_token\":\"" + Faults.LEAK)),
						new Fault("20 MB", 503, "limit of 524288 bytes", Faults.huge(200)),
						new Fault("500 with 20 MB", 503, "status 500", Faults.huge(500)),
						new Fault("empty body", (endpoint != Endpoint.USERINFO) ? 503 : 502, "", Faults.json(200, "")))
				.map((fault) -> Arguments.of(endpoint, fault)));
		return Stream.concat(everywhere, ofOneEndpoint());
	}

	private static Stream<Arguments> ofOneEndpoint() {
		String issuer = "http://localhost/another/as";
		String tokens = "{\"token_type\":\"Bearer\",\"access_token\":\"" + Faults.LEAK + "\"";
		return Stream.of(
				Arguments.of(Endpoint.DISCOVERY,
						new Fault("another issuer", 502, "invalid_issuer",
								changedMetadata("\"issuer\":\"[^\"]+\"", "\"issuer\":\"" + issuer + "\""))),
				Arguments.of(Endpoint.DISCOVERY,
						new Fault("no token_endpoint", 503, "IllegalArgumentException",
								changedMetadata("\"token_endpoint\"", "\"x_token_endpoint\""))),
				Arguments.of(Endpoint.DISCOVERY,
						new Fault("a relative jwks_uri", 503, "IllegalArgumentException",
								changedMetadata("\"jwks_uri\":\"[^\"]+\"", "\"jwks_uri\":\"/jwks\""))),
				Arguments.of(Endpoint.DISCOVERY, new Fault("an array", 503, "Exception", Faults.json(200, "[]"))),
				Arguments.of(Endpoint.DISCOVERY, new Fault("no issuer", 502, "invalid_issuer", Faults.json(200, "{}"))),
				Arguments.of(Endpoint.KEYS,
						new Fault("no keys", 502, "no matching key", Faults.json(200, "{\"keys\":[]}"))),
				Arguments.of(Endpoint.TOKEN,
						new Fault("no id_token", 502, "Missing (required) ID Token", Faults.json(200, tokens + "}"))),
				Arguments.of(Endpoint.TOKEN,
						new Fault("id_token empty", 502, "Missing (required) ID Token",
								Faults.json(200, tokens + ",\"id_token\":\"\"}"))),
				Arguments.of(Endpoint.TOKEN,
						new Fault("id_token a number", 502, "Missing (required) ID Token",
								Faults.json(200, tokens + ",\"id_token\":7}"))),
				Arguments.of(Endpoint.TOKEN, new Fault("an array", 503, "Exception", Faults.json(200, "[]"))),
				Arguments.of(Endpoint.TOKEN,
						new Fault("400 without an OAuth error", 503, "Exception",
								(exchange) -> Relay.Response.of(400, "text/html", "<p>" + Faults.LEAK))),
				Arguments.of(Endpoint.TOKEN,
						new Fault("401 invalid_client", 502, "invalid_client",
								Faults.json(401, "{\"error\":\"invalid_client\"}"))),
				Arguments.of(Endpoint.USERINFO,
						new Fault("without sub", 502, "invalid_user_info_response",
								Faults.json(200, "{\"email\":\"" + Faults.LEAK + "\"}"))),
				Arguments.of(Endpoint.USERINFO, new Fault("401", 502, "status 401", Faults.status(401))));
	}

	private static Relay.Disturbance changedMetadata(String pattern, String replacement) {
		return (exchange) -> Relay.Response.json(200, exchange.passOn().text().replaceAll(pattern, replacement));
	}

	private static Stream<Arguments> slow() {
		return Stream.of(Endpoint.values())
			.flatMap((endpoint) -> Stream
				.of(new Fault("never answers", 503, "Timeout", Faults.never()),
						new Fault("one byte a second", 503, "IOException", Faults.oneByteASecond()))
				.map((fault) -> Arguments.of(endpoint, fault)));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("ofEndpointsReadAtEachSignIn")
	void signInWhenProviderIsBrokenThenSaysSoAndNextAttemptWorks(Endpoint endpoint, Fault fault,
			CapturedOutput output) {
		int before = output.getAll().length();
		try {
			Outcome outcome = attempt(running, endpoint, fault);
			outcome.assertFailed(output);
			assertThat(warnings(output.getAll().substring(before))).hasSize(1);
			outcome.assertNextAttemptWorks();
		}
		finally {
			running.relay().reset();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "DISCOVERY", "KEYS" })
	void signInWhenEndpointReadOnceIsBrokenThenSaysSoAndNextAttemptWorks(Endpoint endpoint, CapturedOutput output)
			throws Exception {
		together(quick().filter((arguments) -> arguments.get()[0] == endpoint).toList(), output);
	}

	@Test
	void signInWhenProviderIsSlowThenUnavailableInTimeAndNextAttemptWorks(CapturedOutput output) throws Exception {
		together(slow().toList(), output);
	}

	/**
	 * Tries all faults at once, each with an application of its own.
	 */
	private static void together(List<Arguments> faults, CapturedOutput output) throws Exception {
		int before = output.getAll().length();
		List<SeparateSignin> signins = faults.stream().map((arguments) -> fresh()).toList();
		ExecutorService visitors = Executors.newCachedThreadPool();
		try {
			List<Callable<Outcome>> attempts = IntStream.range(0, faults.size())
				.mapToObj((index) -> attempt(signins.get(index), faults.get(index)))
				.toList();
			List<Future<Outcome>> outcomes = visitors.invokeAll(attempts);
			for (Future<Outcome> outcome : outcomes) {
				outcome.get().assertFailed(output);
			}
			assertThat(warnings(output.getAll().substring(before))).hasSameSizeAs(faults);
			assertThat(signins).allSatisfy(ProviderFaultTests::assertNothingHangs);
			for (Future<Void> next : visitors.invokeAll(outcomes.stream().map(ProviderFaultTests::next).toList())) {
				next.get();
			}
		}
		finally {
			visitors.shutdownNow();
			signins.forEach(SeparateSignin::close);
		}
	}

	/**
	 * Neither a request of a visitor nor a call to the provider. With virtual threads the
	 * requests alone can tell.
	 */
	private static void assertNothingHangs(SeparateSignin signin) {
		Collection<LongTaskTimer> requests = signin.application()
			.context()
			.getBean(MeterRegistry.class)
			.get("http.server.requests.active")
			.longTaskTimers();
		await().atMost(IN_TIME).until(() -> requests.stream().mapToInt(LongTaskTimer::activeTasks).sum() == 0);
		await().atMost(IN_TIME).untilAsserted(() -> assertThat(callsToProvider()).isEmpty());
	}

	private static List<Thread> callsToProvider() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> Stream.of(thread.getValue())
				.anyMatch((frame) -> frame.getClassName().startsWith("org.springframework.http.client.")))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static Callable<Void> next(Future<Outcome> outcome) {
		return () -> {
			outcome.get().assertNextAttemptWorks();
			return null;
		};
	}

	private static Callable<Outcome> attempt(SeparateSignin signin, Arguments arguments) {
		return () -> attempt(signin, (Endpoint) arguments.get()[0], (Fault) arguments.get()[1]);
	}

	private static Outcome attempt(SeparateSignin signin, Endpoint endpoint, Fault fault) {
		Visitor visitor = signin.visitor();
		// The first page of an application takes longer than any other.
		assertThat(visitor.open("/").statusCode()).isEqualTo(200);
		signin.relay().at(endpoint.path, fault.disturbance());
		String url = (endpoint != Endpoint.DISCOVERY) ? visitor.signInUpToCallback("/profile", "alice") : "/profile";
		long start = System.nanoTime();
		HttpResponse<String> page = visitor.open(url);
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		return new Outcome(signin, endpoint, fault, visitor, page, duration);
	}

	private static SeparateSignin fresh() {
		return SeparateSignin.with("signin.userinfo=always");
	}

	private static List<String> warnings(String output) {
		return output.lines().filter((line) -> line.contains(" WARN ") || line.contains(" ERROR ")).toList();
	}

	enum Endpoint {

		DISCOVERY("/.well-known/openid-configuration"), KEYS("/jwks"), TOKEN("/token"), USERINFO("/userinfo");

		private final String path;

		Endpoint(String path) {
			this.path = path;
		}

	}

	record Fault(String name, int status, String cause, Relay.Disturbance disturbance) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	private record Outcome(SeparateSignin signin, Endpoint endpoint, Fault fault, Visitor visitor,
			HttpResponse<String> page, Duration duration) {

		void assertFailed(CapturedOutput output) {
			String what = this.endpoint + " " + this.fault;
			String reference = REFERENCE.matcher(this.page.body())
				.results()
				.map((match) -> match.group(1))
				.findFirst()
				.orElse("none");
			assertThat(this.page.statusCode()).as(what).isEqualTo(this.fault.status());
			assertThat(this.duration).as(what).isLessThan(IN_TIME);
			assertPage(what);
			assertThat(output.getAll()
				.lines()
				.filter((line) -> line.contains(reference) && line.contains("Sign-in failed"))).as(what)
				.singleElement()
				.asString()
				.contains(" WARN ", ".login.", (this.fault.status() == 503) ? "UNAVAILABLE" : "REFUSED",
						this.fault.cause());
			assertThat(output.getAll()).as(what)
				.doesNotContain("\tat ", "Caused by", "eyJ", LocalProvider.CLIENT_SECRET, Faults.LEAK);
			assertThat(codes()).as(what).allSatisfy((code) -> assertThat(output.getAll()).doesNotContain(code));
			assertThat(this.signin.relay().requests(Faults.ELSEWHERE)).as(what).isEmpty();
			assertThat(this.signin.relay().requests(this.endpoint.path)).as(what).hasSizeBetween(1, 2);
		}

		private void assertPage(String what) {
			boolean unavailable = this.fault.status() == 503;
			assertThat(this.page.body()).as(what)
				.contains(unavailable ? "Sign-in is unavailable" : "Sign-in is not possible")
				.doesNotContain(Faults.LEAK);
			assertThat(this.page.headers().firstValue("Retry-After").isPresent()).as(what).isEqualTo(unavailable);
			assertThat(this.visitor.cookieNames()).as(what).doesNotContain("signin-session");
		}

		private List<String> codes() {
			return this.signin.relay()
				.requests("/token")
				.stream()
				.flatMap((request) -> Stream.of("code", "code_verifier").map(request.form()::get))
				.toList();
		}

		void assertNextAttemptWorks() {
			String what = this.endpoint + " after " + this.fault;
			this.signin.relay().reset();
			until(what, () -> this.visitor.open("/profile").statusCode() == 302);
			if (this.endpoint == Endpoint.DISCOVERY) {
				this.visitor.signInUpToCallback("/profile", "alice");
			}
			until(what, () -> this.visitor.follow(this.visitor.open("/profile")).statusCode() == 200);
		}

		private static void until(String what, Callable<Boolean> condition) {
			await(what).atMost(RETRY_AFTER)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(50))
				.until(condition);
		}

	}

}
