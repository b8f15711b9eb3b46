package com.example.signin.browser;

import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import com.example.signin.SigninApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * The same application with a provider that nobody here wrote, on another site, through a
 * browser. Run by the Maven profile {@code keycloak} alone, hence not called a test.
 */
@SpringBootTest(classes = SigninApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "pingone.client-id=" + Keycloak.CLIENT_ID, "pingone.client-secret=" + Keycloak.CLIENT_SECRET })
@ExtendWith({ Chromium.class, OutputCaptureExtension.class })
class KeycloakSignin {

	private static final String SIGN_IN = "Sign in to your account";

	private static Keycloak keycloak;

	@BeforeAll
	static void start() {
		keycloak = Keycloak.start();
	}

	@AfterAll
	static void stop() {
		keycloak.close();
	}

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry registry) {
		registry.add("pingone.issuer", () -> keycloak.issuer("127.0.0.1"));
	}

	@Test
	void preflightWhenAssertionAcceptedThenSaysSo(@Autowired @Qualifier("preflight") HealthIndicator preflight) {
		await().until(() -> Objects.requireNonNull(preflight.health()).getDetails().get("outcome"), "accepted"::equals);
	}

	@Test
	void signInWhenAssertionAcceptedThenProfileAndSession(Browser browser) {
		signIn(browser, "/session");
		browser.awaitHeading("How this sign-in happened");
		assertThat(browser.table("Client assertion: header")).containsEntry("alg", "HS256");
		assertThat(browser.table("Client assertion: claims")).contains(entry("iss", Keycloak.CLIENT_ID),
				entry("sub", Keycloak.CLIENT_ID));
		browser.click("Profile");
		browser.awaitHeading("Your profile");
		assertThat(browser.text()).contains("Alice Example", "alice@example.com", "verified");
	}

	@Test
	void sessionPageWhenTokensAboutToExpireThenRenewed(Browser browser) {
		signIn(browser, "/profile");
		browser.awaitHeading("Your profile");
		for (int renewals = 1; renewals <= 2; renewals++) {
			browser.open("/session");
			browser.awaitText("The refresh token was redeemed last on");
		}
	}

	@Test
	void signOutWhenSignInAgainThenPasswordAskedAgain(Browser browser) {
		signIn(browser, "/profile");
		browser.click("Sign out");
		browser.awaitHeading("You are signed out");
		assertThat(browser.path()).matches("/signed-out\\?state=[\\w-]{43}");
		browser.click("Sign in again");
		browser.awaitHeading(SIGN_IN);
	}

	private static void signIn(Browser browser, String page) {
		browser.open(page);
		browser.awaitHeading(SIGN_IN);
		browser.enter("alice", "alice-password", "Sign In");
	}

	/**
	 * The code is good; what does not fit is what this application signs with.
	 */
	@Nested
	@TestPropertySource(properties = "pingone.client-secret=another.not-a-secret_demo~value.0123456789-ABCDEFGHIJKL")
	class WithAnotherSecret {

		@Test
		void signInWhenAssertionSignedWithAnotherSecretThenRefused(Browser browser, CapturedOutput log) {
			signIn(browser, "/profile");
			browser.awaitHeading("Sign-in is not possible");
			assertThat(browser.run("return performance.getEntriesByType('navigation')[0].responseStatus"))
				.isEqualTo(502L);
			// Keycloak's word for it; RFC 6749 §5.2 would have invalid_client.
			assertThat(log).contains("Sign-in failed, PROVIDER_REFUSED: unauthorized_client")
				.contains("Preflight: rejected (unauthorized_client");
		}

	}

	/**
	 * The right secret is not enough: it has to sign.
	 */
	@Nested
	@TestPropertySource(
			properties = "spring.security.oauth2.client.registration.pingone.client-authentication-method=client_secret_basic")
	class WithTheSecretItself {

		@Test
		void signInWhenSecretSentThenRefused(Browser browser, CapturedOutput log) {
			signIn(browser, "/profile");
			browser.awaitHeading("Sign-in is not possible");
			assertThat(log).contains("Sign-in failed, PROVIDER_REFUSED: invalid_client");
		}

	}

}
