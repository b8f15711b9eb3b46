package com.example.signin.client;

import java.text.ParseException;
import java.util.List;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The framework's own settings of registration and provider that a team may use.
 */
class RegistrationSettingsTests {

	private static final String REGISTRATION = "spring.security.oauth2.client.registration.pingone.";

	private static final Relay RELAY = ProviderForTests.RELAY;

	@BeforeEach
	void reset() {
		ProviderForTests.reset();
	}

	@Test
	void registrationWhenClientNameIsSetThenHasThatName() {
		try (RunningApplication application = RunningApplication.with(REGISTRATION + "client-name=Company account")) {
			assertThat(application.context()
				.getBean(ClientRegistrationRepository.class)
				.findByRegistrationId(PingOne.REGISTRATION_ID)).extracting(ClientRegistration::getClientName)
				.isEqualTo("Company account");
		}
	}

	@Test
	void signInWhenRedirectUriIsSetThenThatOneAtTheStartAndAtTheEnd() {
		// As behind a proxy that is not trusted: the application is reached by another
		// name than people use.
		try (RunningApplication application = RunningApplication.with(
				REGISTRATION + "redirect-uri={baseScheme}://127.0.0.1{basePort}/login/oauth2/code/{registrationId}")) {
			String outside = "http://127.0.0.1:" + application.port() + "/login/oauth2/code/pingone";
			Visitor visitor = application.visitor();
			assertThat(Form.ofQuery(Visitor.location(visitor.open("/profile"))).get("redirect_uri")).isEqualTo(outside);
			String callback = visitor.signInUpToCallback("/profile", "alice");
			assertThat(callback).startsWith(outside + "?");
			String inside = callback.replace("//127.0.0.1:", "//localhost:");
			assertThat(visitor.follow(visitor.open(inside)).statusCode()).isEqualTo(200);
			assertThat(RELAY.requests("/token")).singleElement()
				.extracting((request) -> request.form().get("redirect_uri"))
				.isEqualTo(outside);
		}
	}

	@Test
	void userinfoRequestWhenMethodIsFormThenTheTokenIsInTheBody() {
		String[] answer = new String[1];
		RELAY.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn();
			answer[0] = response.text();
			return response;
		});
		RELAY.at("/userinfo", (exchange) -> Relay.Response.json(200, "{\"sub\":\"" + subject(answer[0]) + "\"}"));
		try (RunningApplication application = RunningApplication.with("signin.userinfo=always",
				"spring.security.oauth2.client.provider.pingone.user-info-authentication-method=form")) {
			assertThat(application.visitor().signIn("/profile", "alice").statusCode()).isEqualTo(200);
			List<Relay.Request> requests = RELAY.requests("/userinfo");
			assertThat(requests).singleElement().satisfies((request) -> {
				assertThat(request.method()).isEqualTo("POST");
				assertThat(request.header("Authorization")).isEmpty();
				assertThat(request.form().get("access_token")).isEqualTo(member(answer[0], "access_token"));
			});
		}
	}

	private static String subject(String tokenResponse) {
		try {
			return SignedJWT.parse(member(tokenResponse, "id_token")).getJWTClaimsSet().getSubject();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String member(String tokenResponse, String name) {
		try {
			return JSONObjectUtils.getString(JSONObjectUtils.parse(tokenResponse), name);
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
