package com.example.signin.browser;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That each page can be used by everybody: with the keyboard, on a telephone, in the
 * dark, with a screen reader.
 */
@BrowserTest
class PagesTests {

	private static final int TELEPHONE = 390;

	/** WCAG 2.2, 1.4.3 (AA), for text of any size. */
	private static final double ENOUGH_CONTRAST = 4.5;

	/** The contrast of each text to what is behind it. */
	private static final String CONTRASTS = """
			const color = (css) => {
				const [red, green, blue, alpha = 1] = css.match(/[\\d.]+/g).map(Number);
				return { channels: [red, green, blue], alpha };
			};
			const over = (top, below) => top.channels.map((c, i) => c * top.alpha + below[i] * (1 - top.alpha));
			const background = (element) => {
				if (!element) return [255, 255, 255];
				const own = color(getComputedStyle(element).backgroundColor);
				return own.alpha === 1 ? own.channels : over(own, background(element.parentElement));
			};
			const luminance = (channels) => {
				const [red, green, blue] = channels.map((c) => c / 255)
					.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
				return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
			};
			const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			const contrasts = {};
			while (texts.nextNode()) {
				const text = texts.currentNode.textContent.trim();
				const element = texts.currentNode.parentElement;
				if (text && element.checkVisibility()) {
					const behind = background(element);
					const [dark, light] = [luminance(behind), luminance(over(color(getComputedStyle(element).color), behind))]
						.sort((one, two) => one - two);
					contrasts[text] = (light + 0.05) / (dark + 0.05);
				}
			}
			return contrasts;
			""";

	@Test
	void pagesWhenOpenedThenNamedAndStructured(Browser browser) {
		onEachPage(browser, (page) -> {
			assertThat(browser.all("html[lang=en]")).as(page).hasSize(1);
			assertThat(browser.title()).as(page).endsWith(" – pingone-signin");
			assertThat(browser.all("h1")).as(page).hasSize(1);
			assertThat(browser.all("main")).as(page).hasSize(1);
			for (WebElement table : browser.all("table")) {
				assertThat(table.findElement(By.tagName("caption")).getText()).as(page).isNotBlank();
				assertThat(table.findElements(By.cssSelector("thead th[scope=col]"))).as(page).hasSize(2);
				assertThat(table.findElements(By.cssSelector("tbody th[scope=row]"))).as(page)
					.hasSameSizeAs(table.findElements(By.cssSelector("tbody tr")))
					.isNotEmpty();
			}
		});
	}

	@Test
	void pagesWhenNarrowThenNoScrollingSideways(Browser browser) {
		browser.narrow(TELEPHONE);
		onEachPage(browser, (page) -> {
			assertThat(browser.run("return window.innerWidth")).as(page).isEqualTo((long) TELEPHONE);
			assertThat((Long) browser.run("return document.documentElement.scrollWidth")).as(page)
				.isLessThanOrEqualTo(TELEPHONE);
		});
	}

	@Test
	void pagesWhenLightOrDarkThenTextHasContrast(Browser browser) {
		onEachPage(browser, (page) -> {
			browser.prefer("light");
			assertThat(backgroundOf(browser)).as(page).isGreaterThan(200);
			assertThat(contrasts(browser)).as(page + ", light").isNotEmpty().allSatisfy(PagesTests::isEnough);
			browser.prefer("dark");
			assertThat(backgroundOf(browser)).as(page).isLessThan(50);
			assertThat(contrasts(browser)).as(page + ", dark").isNotEmpty().allSatisfy(PagesTests::isEnough);
		});
	}

	@Test
	void signInAndOutWhenKeyboardOnlyThenPossible(Browser browser) {
		browser.open("/");
		browser.press(Keys.TAB);
		assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
		assertThat(browser.focused().getLocation().getX()).isNotNegative();
		browser.tabTo("Sign in");
		assertThat(browser.focused().getCssValue("outline-style")).isEqualTo("solid");
		browser.press(Keys.ENTER);
		browser.awaitHeading(Browser.SIGN_ON);
		browser.press("alice", Keys.TAB, "alice-password", Keys.ENTER);
		browser.awaitHeading("Your profile");
		browser.tabTo("Sign out");
		browser.press(Keys.ENTER);
		browser.awaitHeading("You are signed out");
	}

	private static void onEachPage(Browser browser, Consumer<String> check) {
		on("/", "Sign in with PingOne", browser, check);
		on("/signed-out", "You are signed out", browser, check);
		on("/signed-out?state=unknown", "Sign-out not confirmed", browser, check);
		on("/login/oauth2/code/pingone?code=code&state=unknown", "Please start again", browser, check);
		browser.open("/profile");
		browser.click("Cancel");
		browser.awaitHeading("You are not signed in");
		check.accept("cancelled");
		browser.signIn("/profile", "Your profile");
		check.accept("/profile");
		on("/session", "How this sign-in happened", browser, check);
		on("/api-call", "An API call in your name", browser, check);
		on("/admin", "This page is not for you", browser, check);
		on("/", "Sign in with PingOne", browser, check);
		on("/no-such-page", "There is no such page", browser, check);
	}

	private static void on(String page, String heading, Browser browser, Consumer<String> check) {
		browser.open(page);
		browser.awaitHeading(heading);
		check.accept(page);
	}

	private static int backgroundOf(Browser browser) {
		String color = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
		return Integer.parseInt(color.replaceFirst("rgb\\((\\d+),.*", "$1"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Number> contrasts(Browser browser) {
		return (Map<String, Number>) browser.run(CONTRASTS);
	}

	private static void isEnough(String text, Number contrast) {
		assertThat(contrast.doubleValue()).as(text).isGreaterThanOrEqualTo(ENOUGH_CONTRAST);
	}

}
