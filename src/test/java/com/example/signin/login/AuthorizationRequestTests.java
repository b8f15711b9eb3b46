package com.example.signin.login;

import java.util.Map;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the authorization request asks for, and how it gets to the provider.
 */
class AuthorizationRequestTests {

	@BeforeEach
	void undisturbed() {
		ProviderForTests.reset();
	}

	@Test
	void settingsWhenGivenThenParametersOfTheRequestAndTheSessionPageTellsThem() {
		try (var application = RunningApplication.with("signin.authorization-request.max-age=1h",
				"signin.authorization-request.acr-values=Passkey,Multi_Factor",
				"signin.authorization-request.prompt=login", "signin.authorization-request.login-hint=alice",
				"signin.authorization-request.ui-locales=de,en")) {
			Visitor visitor = application.visitor();
			var request = Form.ofQuery(Visitor.location(visitor.open("/session")));
			assertThat(request.parameters()).containsAllEntriesOf(Map.of("max_age", "3600", "acr_values",
					"Passkey Multi_Factor", "prompt", "login", "login_hint", "alice", "ui_locales", "de en"));
			assertThat(visitor.signIn("/session", "alice").body()).contains("Passkey Multi_Factor");
		}
	}

	@Test
	void idTokenWhenItDoesNotMeetTheSettingsThenForbiddenAndNotSignedIn() {
		try (var application = RunningApplication.with("signin.authorization-request.acr-values=Multi_Factor")) {
			Visitor visitor = application.visitor();
			String redirect = Visitor.location(visitor.open("/profile"));
			assertThat(redirect).contains("&acr_values=Multi_Factor");
			var signOn = visitor.follow(visitor.open(redirect.replace("&acr_values=Multi_Factor", "")));
			var page = visitor.follow(visitor.signOn(signOn, "alice"));
			assertThat(page.statusCode()).isEqualTo(403);
			assertThat(page.body()).contains("This page asks for another sign-in");
			assertThat(ProviderForTests.RELAY.requests("/userinfo")).isEmpty();
			assertThat(visitor.open("/profile").statusCode()).isEqualTo(302);
		}
	}

	@Test
	void providerWhenItMayNotAskThenCalmPage() {
		try (var application = RunningApplication.with("signin.authorization-request.prompt=none",
				"signin.authorization-request.max-age=0s", "signin.authorization-request.response-mode=form_post")) {
			Visitor visitor = application.visitor();
			var page = visitor.follow(visitor.submitItself(visitor.follow(visitor.open("/profile"))));
			assertThat(page.statusCode()).isEqualTo(403);
			assertThat(page.body()).contains("You are not signed in");
		}
	}

	@Test
	void methodWhenPostThenAFormCarriesTheRequest() {
		try (var application = RunningApplication.with("signin.authorization-request.method=post")) {
			Visitor visitor = application.visitor();
			for (String start : new String[] { "/profile", "/oauth2/authorization/pingone" }) {
				var form = visitor.open(start);
				assertThat(form.statusCode()).isEqualTo(200);
				assertThat(form.headers().firstValue("Content-Security-Policy"))
					.hasValueSatisfying((policy) -> assertThat(policy).startsWith("script-src 'nonce-"));
				assertThat(form.headers().firstValue("Cache-Control"))
					.hasValueSatisfying((directives) -> assertThat(directives).contains("no-store"));
			}
			var signOn = visitor.follow(visitor.submitItself(visitor.open("/profile")));
			var page = visitor.follow(visitor.signOn(signOn, "alice"));
			assertThat(page.uri().getPath()).isEqualTo("/profile");
			assertThat(ProviderForTests.RELAY.requests("/authorize").get(0).method()).isEqualTo("POST");
		}
	}

}
