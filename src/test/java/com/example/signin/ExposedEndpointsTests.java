package com.example.signin;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A team exposes every endpoint of the actuator.
 */
class ExposedEndpointsTests {

	private static final List<String> OF_ONE_NAME = List.of("/env/pingone.client-secret", "/configprops/pingone",
			"/loggers/com.example.signin", "/metrics/http.server.requests");

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void endpointsWhenAllAreExposedThenNoneShowsTheSecretOrAToken() throws Exception {
		List<String> secrets = new CopyOnWriteArrayList<>(List.of(LocalProvider.CLIENT_SECRET));
		ProviderForTests.RELAY.at("/token", (exchange) -> {
			Relay.Response answer = exchange.passOn();
			secrets.addAll(tokens(answer.text()));
			return answer;
		});
		try (RunningApplication application = RunningApplication.with("management.server.port=0",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always",
				"signin.preflight.enabled=true")) {
			assertThat(application.visitor().signIn("/session", "alice").statusCode()).isEqualTo(200);
			assertThat(secrets).hasSize(4);
			Visitor inside = Visitor
				.of(application.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class));
			List<String> urls = new ArrayList<>(links(inside));
			OF_ONE_NAME.forEach((path) -> urls.add("/actuator" + path));
			assertThat(urls).hasSizeGreaterThan(12);
			assertThat(urls.stream().map(inside::fetch)).allSatisfy((page) -> {
				assertThat(page.statusCode()).as(page.uri().getPath()).isEqualTo(200);
				secrets
					.forEach((secret) -> assertThat(page.body().contains(secret)).as("%s shows", page.uri()).isFalse());
			});
		}
	}

	@SuppressWarnings("unchecked")
	private static List<String> links(Visitor inside) throws ParseException {
		Map<String, Object> links = JSONObjectUtils
			.getJSONObject(JSONObjectUtils.parse(inside.fetch("/actuator").body()), "_links");
		return links.values()
			.stream()
			.map((link) -> (Map<String, Object>) link)
			.filter((link) -> Boolean.FALSE.equals(link.get("templated")))
			.map((link) -> (String) link.get("href"))
			.toList();
	}

	private static List<String> tokens(String answer) {
		try {
			Map<String, Object> members = JSONObjectUtils.parse(answer);
			// The preflight gets none.
			return Stream.of("access_token", "refresh_token", "id_token")
				.map(members::get)
				.filter(Objects::nonNull)
				.map(String.class::cast)
				.toList();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
