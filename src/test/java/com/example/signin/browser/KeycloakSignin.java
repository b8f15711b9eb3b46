package com.example.signin.browser;

import java.time.Instant;
import java.util.List;
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
import com.example.signin.support.Form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * The same application with a provider that nobody here wrote, on another site, through a
 * browser. Run by the Maven profile {@code keycloak} alone, hence not called a test.
 */
@SpringBootTest(classes = SigninApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "pingone.client-id=" + Keycloak.CLIENT_ID, "pingone.client-secret=" + Keycloak.CLIENT_SECRET,
				"signin.roles.claim=realm_access.roles" })
@ExtendWith({ Chromium.class, OutputCaptureExtension.class })
class KeycloakSignin {

	private static final String SIGN_IN = "Sign in to your account";

	private static final String SIGN_IN_BUTTON = "Sign In";

	private static final String PROFILE = "Your profile";

	private static final String SESSION = "How this sign-in happened";

	private static final String API_CALL = "An API call in your name";

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
		registry.add("pingone.issuer", KeycloakSignin::issuer);
	}

	private static String issuer() {
		return keycloak.issuer("127.0.0.1");
	}

	@Test
	void preflightWhenAssertionAcceptedThenSaysSo(@Autowired @Qualifier("preflight") HealthIndicator preflight) {
		await().until(() -> Objects.requireNonNull(preflight.health()).getDetails().get("outcome"), "accepted"::equals);
	}

	@Test
	void signInWhenAssertionAcceptedThenProfileAndSession(Browser browser) {
		signIn(browser, "alice", "/session", SESSION);
		assertThat(browser.table("Client assertion: header")).containsEntry("alg", "HS256");
		assertThat(browser.table("Client assertion: claims")).contains(entry("iss", Keycloak.CLIENT_ID),
				entry("sub", Keycloak.CLIENT_ID));
		assertThat(browser.table("ID token: claims")).containsKey("at_hash");
		browser.click("Profile");
		browser.awaitHeading(PROFILE);
		assertThat(browser.text()).contains("Alice Example", "alice@example.com", "verified");
	}

	@Test
	void sessionPageWhenTokensAboutToExpireThenRenewed(Browser browser) {
		signIn(browser, "alice", "/profile", PROFILE);
		for (int renewals = 1; renewals <= 2; renewals++) {
			browser.open("/session");
			browser.awaitText("The refresh token was redeemed last on");
		}
	}

	@Test
	void signOutWhenDoneThenConfirmedAndTokenRevokedAndPasswordAskedForAgain(Browser browser) {
		signIn(browser, "alice", "/profile", PROFILE);
		browser.click("Sign out");
		browser.awaitHeading("You are signed out");
		assertThat(browser.path()).matches("/signed-out\\?state=[\\w-]{43}");
		// Or the session, and the token with it, has ended just before.
		keycloak.awaitEvent("type=\"REVOKE_GRANT(\"|_ERROR\".*error=\"user_session_not_found\")"
				+ ".*client_auth_method=\"client-secret-jwt\"");
		browser.click("Sign in again");
		browser.awaitHeading(SIGN_IN);
	}

	@Test
	void administrationWhenPersonHasTheRoleThenShown(Browser browser) {
		signIn(browser, "alice", "/admin", "Administration");
	}

	@Test
	void administrationWhenPersonLacksTheRoleThenSaysSo(Browser browser) {
		signIn(browser, "bob", "/admin", "This page is not for you");
	}

	@Test
	void signInWhenInitiatedByKeycloakThenForThePersonAndThePageNamed(Browser browser) {
		browser.open("/login/initiate?"
				+ Form.parse("").with("iss", issuer()).with("login_hint", "bob").with("target_link_uri", "/api-call"));
		browser.awaitHeading(SIGN_IN);
		browser.enterPassword("bob-password", SIGN_IN_BUTTON);
		browser.awaitHeading(API_CALL);
		assertThat(browser.table("Answer of the API")).containsEntry("email", "bob@example.com");
	}

	private static void signIn(Browser browser, String userName, String page, String heading) {
		browser.open(page);
		browser.awaitHeading(SIGN_IN);
		browser.enter(userName, userName + "-password", SIGN_IN_BUTTON);
		browser.awaitHeading(heading);
	}

	private static void assertRefused(Browser browser, CapturedOutput log, String error) {
		signIn(browser, "alice", "/profile", "Sign-in is not possible");
		assertThat(browser.run("return performance.getEntriesByType('navigation')[0].responseStatus")).isEqualTo(502L);
		assertThat(log).contains("Sign-in failed, PROVIDER_REFUSED: " + error);
	}

	/**
	 * The code is good; what does not fit is what this application signs with.
	 */
	@Nested
	@TestPropertySource(properties = "pingone.client-secret=another.not-a-secret_demo~value.0123456789-ABCDEFGHIJKL")
	class WithAnotherSecret {

		@Test
		void signInWhenAssertionSignedWithAnotherSecretThenRefused(Browser browser, CapturedOutput log) {
			// Keycloak's word for it; RFC 6749 §5.2 would have invalid_client.
			assertRefused(browser, log, "unauthorized_client");
			assertThat(log).contains("Preflight: rejected (unauthorized_client");
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
			assertRefused(browser, log, "invalid_client");
		}

	}

	/**
	 * Keycloak takes no other request from this client.
	 */
	@Nested
	@TestPropertySource(properties = { "pingone.client-id=pushed-only", "signin.authorization-request.method=pushed" })
	class Pushed {

		@Test
		void signInWhenPushedThenThePageWanted(Browser browser) {
			signIn(browser, "alice", "/session?a=b", SESSION);
			assertThat(browser.path()).isEqualTo("/session?a=b");
		}

	}

	/**
	 * To and from another site: with the provider's POST the browser sends no Lax cookie.
	 */
	@Nested
	@TestPropertySource(properties = { "signin.authorization-request.method=post",
			"signin.authorization-request.response-mode=form_post" })
	class Posted {

		@Test
		void signInWhenPostedBothWaysThenThePageWanted(Browser browser) {
			browser.open("/session?a=b");
			browser.awaitHeading(SIGN_IN);
			assertThat(browser.url()).isEqualTo(issuer() + "/protocol/openid-connect/auth");
			signIn(browser, "alice", "/session?a=b", SESSION);
			assertThat(browser.path()).isEqualTo("/session?a=b");
			keycloak.awaitEvent("type=\"LOGIN\".*response_mode=\"form_post\"");
		}

	}

	/**
	 * Keycloak's metadata promises {@code iss} (RFC 9207 §3), which its answers to this
	 * client lack.
	 */
	@Nested
	@TestPropertySource(properties = "pingone.client-id=without-iss")
	class WithoutIss {

		@Test
		void signInWhenIssIsPromisedAndMissingThenRefused(Browser browser, CapturedOutput log) {
			assertRefused(browser, log, "invalid_response_issuer");
		}

	}

	/**
	 * Of this client's people Keycloak tells by an ID token with ES256, and more by a
	 * UserInfo response with RS256.
	 */
	@Nested
	@TestPropertySource(properties = { "pingone.client-id=signed-otherwise", "signin.userinfo=always",
			"signin.id-token.algorithms=ES256,RS256" })
	class SignedOtherwise {

		@Test
		void signInWhenUserinfoIsSignedTooThenBothAreBelieved(Browser browser) {
			signIn(browser, "alice", "/profile", PROFILE);
			assertThat(browser.table("Claims")).containsEntry("told_by", "signed UserInfo").containsKey("at_hash");
			browser.click("Session");
			browser.awaitHeading(SESSION);
			assertThat(browser.table("ID token: header")).containsEntry("alg", "ES256");
			browser.open("/api-call");
			assertThat(browser.table("Answer of the API")).containsEntry("told_by", "signed UserInfo");
		}

	}

	/**
	 * Keycloak's {@code acr} is 1 after a password, and 0 where its own session sufficed.
	 */
	@Nested
	@TestPropertySource(properties = { "signin.step-up[0].paths=/session", "signin.step-up[0].acr=1",
			"signin.step-up[1].paths=/api-call", "signin.step-up[1].max-age=1s" })
	class StepUp {

		@Test
		void pageWhenPersonNeededNoPasswordThenAskedForItAndOnThePage(Browser browser) {
			signIn(browser, "alice", "/profile", PROFILE);
			browser.open("/oauth2/authorization/pingone");
			browser.awaitHeading(PROFILE);
			assertThat(browser.table("Claims")).containsEntry("acr", "0");
			browser.open("/session");
			browser.awaitHeading(SIGN_IN);
			browser.enterPassword("alice-password", SIGN_IN_BUTTON);
			browser.awaitHeading(SESSION);
			assertThat(browser.table("ID token: claims")).containsEntry("acr", "1");
		}

		@Test
		void pageWhenSignInIsTooOldThenPasswordAskedForAndOnThePage(Browser browser) {
			signIn(browser, "alice", "/profile", PROFILE);
			Instant signedIn = Instant.now();
			// Keycloak counts whole seconds.
			await().until(() -> Instant.now().isAfter(signedIn.plusSeconds(3)));
			browser.open("/api-call");
			browser.awaitHeading(SIGN_IN);
			browser.enterPassword("alice-password", SIGN_IN_BUTTON);
			browser.awaitHeading(API_CALL);
		}

	}

	/**
	 * For this client Keycloak signs ID tokens and logout tokens with PS256.
	 */
	@Nested
	@TestPropertySource(properties = { "pingone.client-id=back-channel", "signin.back-channel-logout.enabled=true",
			"signin.id-token.algorithms=PS256" })
	class BackChannel {

		@DynamicPropertySource
		static void port(DynamicPropertyRegistry registry) {
			registry.add("server.port", keycloak::applicationPort);
		}

		@Test
		void sessionWhenItEndsAtKeycloakThenItEndsHereAndNoOther(Browser browser, CapturedOutput log) {
			signIn(browser, "alice", "/profile", PROFILE);
			Object here = browser.exchangeCookies(List.of());
			signIn(browser, "alice", "/profile", PROFILE);
			browser.open(issuer() + "/protocol/openid-connect/logout");
			browser.click("Logout");
			browser.awaitHeading("You are logged out");
			assertThat(log).contains("Sessions ended by the provider: 1");
			browser.open("/profile");
			browser.awaitHeading(SIGN_IN);
			browser.exchangeCookies(here);
			browser.open("/profile");
			browser.awaitHeading(PROFILE);
		}

	}

}
