package com.example.signin.browser;

import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.ProviderForTests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * The ways that a person goes through the sign-in, wherever the provider is.
 */
@BrowserTest
abstract class JourneyTests {

	private final String providerHost;

	/**
	 * @param providerHost where the browser finds the provider
	 */
	JourneyTests(String providerHost) {
		this.providerHost = providerHost;
	}

	@Test
	void startPageWhenSignInThenProfile(Browser browser) {
		browser.open("/");
		browser.click("Sign in");
		browser.awaitHeading(Browser.SIGN_ON);
		assertThat(browser.url()).startsWith("http://" + this.providerHost + ":");
		browser.signOn("alice", "alice-password");
		browser.awaitHeading("Your profile");
		assertThat(browser.path()).isEqualTo("/profile");
		assertThat(browser.text()).contains("Alice Example", "alice@example.com", "verified",
				"a11ce000-5b1c-4a7e-8f3d-6e2d9c0b4a71");
		assertThat(browser.table("Claims")).contains(entry("given_name", "Alice"), entry("family_name", "Example"),
				entry("aud", LocalProvider.CLIENT_ID));
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void deepLinkWhenSignedInThenLandOnIt(Browser browser) {
		browser.signIn("/session?tab=assertion&name=M%C3%BCller", "How this sign-in happened");
		assertThat(browser.path()).isEqualTo("/session?tab=assertion&name=M%C3%BCller");
	}

	@Test
	void sessionPageWhenSignedInThenClaimsButNeitherTokenNorSecret(Browser browser) throws ParseException {
		browser.signIn("/session", "How this sign-in happened");
		String assertion = ProviderForTests.RELAY.requests("/token").get(0).form().get("client_assertion");
		JWTClaimsSet sent = SignedJWT.parse(assertion).getJWTClaimsSet();
		Map<String, String> shown = browser.table("Client assertion: claims");
		assertThat(shown).contains(entry("iss", LocalProvider.CLIENT_ID), entry("sub", LocalProvider.CLIENT_ID),
				entry("aud", sent.getAudience().get(0)), entry("jti", sent.getJWTID()));
		assertThat(shown).containsKeys("iat", "exp");
		assertThat(browser.table("Client assertion: header")).containsEntry("alg", "HS256");
		assertThat(browser.source()).doesNotContain(LocalProvider.CLIENT_SECRET)
			.doesNotContain(assertion)
			.doesNotContainPattern("eyJ[\\w-]+\\.");
	}

	@Test
	void signOutWhenSignInAgainThenPasswordAskedAgain(Browser browser) {
		browser.signIn("/session", "How this sign-in happened");
		browser.click("Sign out");
		browser.awaitHeading("You are signed out");
		assertThat(browser.path()).matches("/signed-out\\?state=[\\w-]{43}");
		assertThat(browser.text()).doesNotContain("Alice");
		browser.click("Sign in again");
		browser.signOn("bob", "bob-password");
		browser.awaitHeading("Your profile");
		assertThat(browser.text()).contains("Bob Example").doesNotContain("Alice");
	}

	@Test
	void signInWhenPasswordWrongThenAskedAgain(Browser browser) {
		browser.open("/profile");
		browser.signOn("alice", "wrong");
		browser.awaitText("Incorrect user name or password");
		browser.signOn("alice", "alice-password");
		browser.awaitHeading("Your profile");
	}

	@Test
	void signInWhenCancelledThenFailurePageAndTryAgain(Browser browser) {
		browser.open("/session?tab=7");
		browser.awaitHeading(Browser.SIGN_ON);
		browser.click("Cancel");
		browser.awaitHeading("You are not signed in");
		assertThat(browser.text()).contains("cancelled", "Reference").doesNotContain("Sign out");
		assertThat(browser.run("return performance.getEntriesByType('navigation')[0].responseStatus")).isEqualTo(403L);
		browser.click("Try again");
		browser.signOn("alice", "alice-password");
		browser.awaitHeading("How this sign-in happened");
		assertThat(browser.path()).isEqualTo("/session?tab=7");
	}

	@Test
	void browserWhenSignInAndOutThenNoComplaint(Browser browser) {
		browser.open("/");
		for (String step : List.of("Sign in", "Session", "Profile", "pingone-signin", "How you signed in", "Sign out",
				"Start page")) {
			browser.click(step);
			if (step.equals("Sign in")) {
				browser.signOn("alice", "alice-password");
				browser.awaitHeading("Your profile");
			}
			assertThat(browser.complaints()).as(step).isEmpty();
		}
	}

}
