package com.example.signin.audit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.PreflightConcluded;
import com.example.signin.audit.SignedIn;
import com.example.signin.support.AuditEvents;
import com.example.signin.support.Faults;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody inside scrapes, without signing in, from an application to which a few
 * things have happened.
 */
class SigninMetricsTests {

	private static final Pattern SELECTOR = Pattern.compile("(signin_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=|!=|=~|!~)\"([^\"]*)\"");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");

	private static RunningApplication application;

	private static AuditEvents events;

	private static List<Sample> scraped;

	private static String text;

	@BeforeAll
	static void letThingsHappen() {
		Relay relay = ProviderForTests.RELAY;
		ProviderForTests.reset();
		application = RunningApplication.with("management.server.port=0", "signin.userinfo=always");
		events = AuditEvents.of(application.context());
		application.context().publishEvent(new PreflightConcluded("accepted", "invalid_grant"));
		Visitor alice = application.visitor();
		relay.at("/token", (exchange) -> exchange.passOn().changed((answer) -> answer.put("expires_in", 1)));
		alice.signIn("/profile", "alice");
		relay.reset();
		alice.open("/session");
		relay.at("/token", Faults.status(503));
		application.visitor().signIn("/profile", "bob");
		relay.at("/token", Faults.json(401, "{\"error\":\"invalid_client\"}"));
		application.visitor().signIn("/profile", "bob");
		relay.at("/token", Faults.json(400, "{\"error\":\"of-its-own\"}"));
		application.visitor().signIn("/profile", "bob");
		application.visitor().open("/login/oauth2/code/pingone?error=anything&state=unknown");
		relay.reset();
		text = scrape();
		scraped = SAMPLE.matcher(text)
			.results()
			.map((sample) -> new Sample(sample.group(1), labels(sample.group(2)), Double.parseDouble(sample.group(3))))
			.toList();
	}

	@AfterAll
	static void stop() {
		application.close();
		ProviderForTests.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "signin_signins_total{outcome=\"success\",cause=\"none\"} 1",
			"signin_signins_total{outcome=\"failure\",cause=\"provider_unavailable\"} 1",
			"signin_signins_total{outcome=\"failure\",cause=\"provider_refused\"} 2",
			"signin_signins_total{outcome=\"failure\",cause=\"attempt_lost\"} 1",
			"signin_assertions_total{algorithm=\"HS256\",purpose=\"authorization_code\"} 4",
			"signin_preflight_accepted 1", "signin_renewals_total{outcome=\"failure\"} 0",
			"signin_provider_requests_seconds_count{endpoint=\"openid-configuration\",outcome=\"SUCCESS\"} 1",
			"signin_provider_requests_seconds_count{endpoint=\"jwks\",outcome=\"SUCCESS\"} 1",
			"signin_provider_requests_seconds_count{endpoint=\"token\",outcome=\"SERVER_ERROR\"} 1",
			"signin_provider_requests_seconds_count{endpoint=\"token\",oauth_error=\"invalid_client\"} 1",
			"signin_provider_requests_seconds_count{endpoint=\"token\",oauth_error=\"other\"} 1" })
	void scrapeThenCountsWhatHappened(String expected) {
		assertCounted(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "signin_renewals_total{outcome=\"success\"} 1",
			"signin_assertions_total{algorithm=\"HS256\",purpose=\"refresh_token\"} 1",
			"signin_provider_requests_seconds_count{endpoint=\"token\",outcome=\"SUCCESS\",oauth_error=\"none\"} 2",
			"signin_provider_requests_seconds_count{endpoint=\"userinfo\",outcome=\"SUCCESS\"} 2" })
	void scrapeWhenTokensWereRenewedThenCountsThatToo(String expected) {
		assertCounted(expected);
	}

	private static void assertCounted(String expected) {
		String selector = expected.substring(0, expected.lastIndexOf(' '));
		assertThat(select(selector).mapToDouble(Sample::value).sum()).as(text)
			.isEqualTo(Double.parseDouble(expected.substring(selector.length())));
	}

	@Test
	void scrapeWhenOnTheMainPortThenRefused() {
		Visitor visitor = application.visitor();
		assertThat(visitor.fetch("/actuator/prometheus").statusCode()).isEqualTo(401);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.fetch("/actuator/prometheus").statusCode()).isEqualTo(404);
	}

	@Test
	void scrapeThenTellsNothingOfAnybody() {
		SignedIn signedIn = events.all(SignedIn.class).get(0);
		assertThat(events.all(ClientAssertionSigned.class)).isNotEmpty()
			.allSatisfy((assertion) -> assertThat(text).doesNotContain(assertion.jwtId()));
		assertThat(text).doesNotContain("spring_security_")
			.doesNotContain(signedIn.subject(), signedIn.state(), signedIn.nonce(), "alice", "anything", "of-its-own");
	}

	static Stream<Map<String, Object>> alerts() throws IOException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml()
			.load(Files.readString(Path.of("src/main/prometheus/alerts.yml")));
		return file.values().stream().flatMap((groups) -> Objects.requireNonNull(groups.get(0).get("rules")).stream());
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void alertThenEachOfItsSeriesIsThere(Map<String, Object> alert) {
		assertThat(alert).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
		String expression = (String) alert.get("expr");
		List<String> selectors = SELECTOR.matcher(expression).results().map((match) -> match.group()).toList();
		assertThat(selectors).isNotEmpty()
			.allSatisfy((selector) -> assertThat(select(selector)).as(selector).isNotEmpty());
		assertThat(Pattern.compile("by \\((\\w+)\\)").matcher(expression).results().map((match) -> match.group(1)))
			.allSatisfy((label) -> assertThat(select(selectors.get(0)))
				.allSatisfy((sample) -> assertThat(sample.labels()).containsKey(label)));
	}

	private static Stream<Sample> select(String selector) {
		var parts = SELECTOR.matcher(selector);
		assertThat(parts.matches()).as(selector).isTrue();
		String matchers = (parts.group(2) != null) ? parts.group(2) : "";
		return scraped.stream()
			.filter((sample) -> sample.name().equals(parts.group(1)))
			.filter((sample) -> MATCHER.matcher(matchers).results().allMatch((matcher) -> {
				String value = sample.labels().getOrDefault(matcher.group(1), "");
				boolean same = matcher.group(2).endsWith("~") ? value.matches(matcher.group(3))
						: value.equals(matcher.group(3));
				return matcher.group(2).startsWith("!") != same;
			}));
	}

	private static Map<String, String> labels(String text) {
		return MATCHER.matcher((text != null) ? text : "")
			.results()
			.collect(Collectors.toMap((label) -> label.group(1), (label) -> label.group(3)));
	}

	private static String scrape() {
		int port = application.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
		return Visitor.of(port).fetch("/actuator/prometheus").body();
	}

	private record Sample(String name, Map<String, String> labels, double value) {
	}

}
