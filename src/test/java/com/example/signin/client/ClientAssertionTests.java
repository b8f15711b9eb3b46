package com.example.signin.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ResolvableType;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The token requests that really left the application.
 */
class ClientAssertionTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	static Stream<Arguments> settings() {
		return Stream.of("HS256", "HS384", "HS512")
			.flatMap((algorithm) -> Stream.of("token-endpoint", "issuer")
				.map((audience) -> Arguments.of(algorithm, audience)));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void tokenRequestWhenSignedInAndRenewedThenCarriesAssertion(String algorithm, String audience) throws Exception {
		try (RunningApplication application = RunningApplication.with("signin.assertion.algorithm=" + algorithm,
				"signin.assertion.audience=" + audience, "signin.assertion.lifetime=90s")) {
			String refreshToken = signInAndKeepRefreshToken(application, Relay.Exchange::passOn);
			renew(application, refreshToken);
			List<Relay.Request> requests = RELAY.requests("/token");
			assertThat(requests).extracting((request) -> request.form().get("grant_type"))
				.containsExactly("authorization_code", "refresh_token");
			String expectedAudience = RELAY.issuer("localhost") + (audience.equals("issuer") ? "" : "/token");
			for (Relay.Request request : requests) {
				verify(request, algorithm, expectedAudience);
			}
			assertThat(requests).extracting((request) -> assertion(request).getJWTClaimsSet().getJWTID())
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void tokenRequestWhenNothingIsSetThenHs256ForTheTokenEndpointAndOneMinute() throws Exception {
		try (RunningApplication application = RunningApplication.with()) {
			application.visitor().signIn("/profile", "alice");
			SignedJWT assertion = assertion(RELAY.requests("/token").get(0));
			assertThat(assertion.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "HS256"));
			assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(RELAY.issuer("localhost") + "/token");
			assertThat(Duration.between(assertion.getJWTClaimsSet().getIssueTime().toInstant(),
					assertion.getJWTClaimsSet().getExpirationTime().toInstant()))
				.isEqualTo(Duration.ofSeconds(60));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_secret_basic", "client_secret_post" })
	void tokenRequestWhenAnotherMethodIsSetThenAuthenticatesThatWay(String method) throws Exception {
		try (RunningApplication application = RunningApplication
			.with("spring.security.oauth2.client.registration.pingone.client-authentication-method=" + method)) {
			String refreshToken = signInAndKeepRefreshToken(application, Relay.Exchange::passOnWithAssertion);
			renew(application, refreshToken);
			List<Relay.Request> requests = RELAY.requests("/token");
			assertThat(requests).extracting((request) -> request.form().get("grant_type"))
				.containsExactly("authorization_code", "refresh_token");
			boolean basic = method.equals("client_secret_basic");
			assertThat(requests).allSatisfy((request) -> {
				assertThat(request.form().parameters()).doesNotContainKey("client_assertion");
				assertThat(request.header("Authorization")).isEqualTo(basic ? basicCredentials() : "");
				assertThat(request.form().get("client_secret")).isEqualTo(basic ? "" : LocalProvider.CLIENT_SECRET);
			});
		}
	}

	/** Each part is form-encoded first (RFC 6749 §2.3.1). */
	private static String basicCredentials() {
		String credentials = URLEncoder.encode(LocalProvider.CLIENT_ID, StandardCharsets.UTF_8) + ":"
				+ URLEncoder.encode(LocalProvider.CLIENT_SECRET, StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	private static String signInAndKeepRefreshToken(RunningApplication application,
			Function<Relay.Exchange, Relay.Response> passOn) throws Exception {
		String[] answer = new String[1];
		RELAY.at("/token", (exchange) -> {
			Relay.Response response = passOn.apply(exchange);
			answer[0] = response.text();
			return response;
		});
		assertThat(application.visitor().signIn("/profile", "alice").statusCode()).isEqualTo(200);
		return JSONObjectUtils.getString(JSONObjectUtils.parse(answer[0]), "refresh_token");
	}

	private static void renew(RunningApplication application, String refreshToken) {
		OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> client = application.context()
			.<OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest>>getBeanProvider(ResolvableType
				.forClassWithGenerics(OAuth2AccessTokenResponseClient.class, OAuth2RefreshTokenGrantRequest.class))
			.getObject();
		Instant now = Instant.now();
		ClientRegistration registration = application.context()
			.getBean(ClientRegistrationRepository.class)
			.findByRegistrationId("pingone");
		client.getTokenResponse(new OAuth2RefreshTokenGrantRequest(Objects.requireNonNull(registration),
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "expired", now.minusSeconds(2), now),
				new OAuth2RefreshToken(refreshToken, now.minusSeconds(2))));
	}

	private static void verify(Relay.Request request, String algorithm, String audience) throws Exception {
		Form form = request.form();
		assertThat(request.header("Authorization")).isEmpty();
		assertThat(form.parameters()).doesNotContainKey("client_secret");
		assertThat(request.uri().getQuery()).isNull();
		assertThat(form.get("client_id")).isEqualTo(LocalProvider.CLIENT_ID);
		assertThat(form.get("client_assertion_type"))
			.isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
		SignedJWT assertion = assertion(request);
		assertThat(assertion.getHeader().toJSONObject()).isEqualTo(Map.of("alg", algorithm));
		assertThat(assertion.verify(new MACVerifier(LocalProvider.CLIENT_SECRET))).isTrue();
		Map<String, Object> claims = assertion.getPayload().toJSONObject();
		JWTClaimsSet times = assertion.getJWTClaimsSet();
		assertThat(claims).containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp")
			.containsEntry("iss", LocalProvider.CLIENT_ID)
			.containsEntry("sub", LocalProvider.CLIENT_ID)
			.containsEntry("aud", audience);
		Instant issuedAt = times.getIssueTime().toInstant();
		assertThat(issuedAt).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
		assertThat(times.getExpirationTime().toInstant()).isEqualTo(issuedAt.plusSeconds(90));
		assertThat(UUID.fromString(times.getJWTID()).version()).isEqualTo(4);
	}

	private static SignedJWT assertion(Relay.Request request) {
		try {
			return SignedJWT.parse(request.form().get("client_assertion"));
		}
		catch (java.text.ParseException ex) {
			throw new AssertionError(ex);
		}
	}

}
