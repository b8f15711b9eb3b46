package com.example.signin.browser;

import com.example.signin.support.ProviderForTests;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authorization request and response as forms, to and from another site: the browser
 * sends no Lax cookie with the provider's POST.
 */
@BrowserTest
@TestPropertySource(properties = { "test.provider-host=127.0.0.1", "signin.authorization-request.method=post",
		"signin.authorization-request.response-mode=form_post" })
class FormPostTests {

	@Test
	void signInWhenPostedBothWaysThenThePageWanted(Browser browser) {
		browser.signIn("/session?a=b", "How this sign-in happened");
		assertThat(browser.path()).isEqualTo("/session?a=b");
		assertThat(ProviderForTests.RELAY.requests("/authorize").get(0).method()).isEqualTo("POST");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void signInWhenSignedInAlreadyThenTheSessionIsKnownAndNoneIsLost(Browser browser) {
		browser.signIn("/profile", "Your profile");
		browser.open("/oauth2/authorization/pingone");
		browser.awaitHeading("Your profile");
		assertThat(browser.text()).contains("Alice Example");
	}

	@Test
	void signInWhenCancelledThenFailurePageAndTryAgain(Browser browser) {
		browser.open("/session");
		browser.awaitHeading(Browser.SIGN_ON);
		browser.click("Cancel");
		browser.awaitHeading("You are not signed in");
		browser.click("Try again");
		browser.signOn("alice", "alice-password");
		browser.awaitHeading("How this sign-in happened");
	}

}
