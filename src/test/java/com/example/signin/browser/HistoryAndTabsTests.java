package com.example.signin.browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.example.signin.browser.Chromium.CookiesBlocked;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do with browsers that nobody planned for.
 */
@BrowserTest
class HistoryAndTabsTests {

	@Test
	void backButtonWhenSignedOutThenNothingPrivate(Browser browser) {
		browser.open("/");
		browser.signIn("/profile", "Your profile");
		browser.click("Session");
		browser.awaitHeading("How this sign-in happened");
		browser.click("Sign out");
		browser.awaitHeading("You are signed out");
		for (int steps = 1; steps <= 2; steps++) {
			int before = authorizationRequests().size();
			browser.back();
			browser.await(() -> !browser.text().contains("You are signed out"));
			assertThat(browser.text()).doesNotContain("Alice Example", "alice@example.com", "a11ce000", "Sign out");
			assertThat(authorizationRequests()).hasSizeGreaterThan(before);
		}
	}

	@Test
	void tabsWhenFinishedInAnotherOrderThenEachOnItsPage(Browser browser) {
		Map<String, String> pages = new LinkedHashMap<>();
		for (String page : List.of("/profile?tab=1", "/session?tab=2", "/?tab=3", "/profile?tab=4", "/session?tab=5")) {
			String tab = browser.openTab();
			// The start page is public.
			browser.open(page.startsWith("/?") ? "/oauth2/authorization/pingone" : page);
			browser.awaitHeading(Browser.SIGN_ON);
			pages.put(tab, page.startsWith("/?") ? "/profile" : page);
		}
		List<String> tabs = List.copyOf(pages.keySet());
		for (int tab : new int[] { 4, 1, 3, 0, 2 }) {
			browser.turnToTab(tabs.get(tab));
			browser.signOn("alice", "alice-password");
			browser.await(() -> browser.text().contains("Sign out"));
		}
		pages.forEach((tab, page) -> {
			browser.turnToTab(tab);
			assertThat(browser.path()).isEqualTo(page);
		});
	}

	@Test
	void signInWhenCookiesBlockedThenStartAgainPageAndNoLoop(@CookiesBlocked Browser browser) {
		browser.open("/profile");
		browser.signOn("alice", "alice-password");
		browser.awaitHeading("Please start again");
		assertThat(browser.text()).contains("allow cookies for this site");
		assertThat(browser.run("return performance.getEntriesByType('navigation')[0].responseStatus")).isEqualTo(400L);
		assertThat(authorizationRequests()).hasSize(1);
		browser.click("Try again");
		browser.await(() -> authorizationRequests().size() == 2);
		browser.awaitHeading("Please start again");
		assertThat(authorizationRequests()).hasSize(2);
	}

	private static List<Relay.Request> authorizationRequests() {
		return ProviderForTests.RELAY.requests("/authorize");
	}

}
