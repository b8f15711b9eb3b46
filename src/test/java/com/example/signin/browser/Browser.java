package com.example.signin.browser;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser in the hands of a person who goes by what is written on the page.
 */
final class Browser implements AutoCloseable {

	static final String SIGN_ON = "Sign on";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

	private static final int MANY_TABS = 20;

	private final ChromeDriver driver;

	private final String baseUrl;

	private final WebDriverWait wait;

	Browser(ChromeDriver driver, String baseUrl) {
		this.driver = driver;
		this.baseUrl = baseUrl;
		this.wait = new WebDriverWait(driver, PATIENCE);
		this.wait.pollingEvery(BETWEEN_LOOKS).ignoring(StaleElementReferenceException.class);
		driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
	}

	/**
	 * Goes to a page.
	 * @param url a path of the application, or an address
	 */
	void open(String url) {
		this.driver.get(url.startsWith("/") ? this.baseUrl + url : url);
	}

	/**
	 * Opens a new tab and turns to it.
	 * @return what finds it again
	 */
	String openTab() {
		return this.driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
	}

	void turnToTab(String tab) {
		this.driver.switchTo().window(tab);
	}

	void back() {
		this.driver.navigate().back();
	}

	/**
	 * Clicks on the link or the button that says so.
	 */
	void click(String label) {
		String text = "[normalize-space()='" + label + "']";
		By target = By.xpath("//a" + text + "|//button" + text + "|//input[@type='submit'][@value='" + label + "']");
		this.wait.until(ExpectedConditions.elementToBeClickable(target)).click();
	}

	/**
	 * Fills in the local provider's page.
	 */
	void signOn(String userName, String password) {
		awaitHeading(SIGN_ON);
		enter(userName, password, SIGN_ON);
	}

	/**
	 * Fills in a page that asks for name and password.
	 */
	void enter(String userName, String password, String button) {
		WebElement userNameField = this.driver.findElement(By.id("username"));
		userNameField.clear();
		userNameField.sendKeys(userName);
		enterPassword(password, button);
	}

	/**
	 * Fills in a page that knows the name already.
	 */
	void enterPassword(String password, String button) {
		this.driver.findElement(By.id("password")).sendKeys(password);
		click(button);
	}

	/**
	 * Signs in as Alice, for a page, and waits for its heading.
	 */
	void signIn(String page, String heading) {
		open(page);
		signOn("alice", "alice-password");
		awaitHeading(heading);
	}

	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/**
	 * Presses Tab until the link or button that says so has the focus.
	 */
	void tabTo(String label) {
		for (int pressed = 0; pressed < MANY_TABS; pressed++) {
			press(Keys.TAB);
			if (focused().getText().equals(label)) {
				return;
			}
		}
		throw new AssertionError("The Tab key does not lead to " + label + " on " + url());
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/**
	 * Waits for the page with this heading.
	 */
	void awaitHeading(String heading) {
		try {
			this.wait.until(ExpectedConditions.textToBe(By.tagName("h1"), heading));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("Not \"" + heading + "\" but " + url() + "\n" + text() + "\n" + complaints(), ex);
		}
	}

	void awaitText(String text) {
		this.wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
	}

	void await(BooleanSupplier condition) {
		this.wait.until((any) -> condition.getAsBoolean());
	}

	String url() {
		return Objects.requireNonNull(this.driver.getCurrentUrl());
	}

	/**
	 * The path of the application, with its query, at which the browser is.
	 */
	String path() {
		assertThat(url()).startsWith(this.baseUrl + "/");
		return url().substring(this.baseUrl.length());
	}

	String title() {
		return Objects.requireNonNull(this.driver.getTitle());
	}

	/**
	 * What a person can read.
	 */
	String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	String source() {
		return Objects.requireNonNull(this.driver.getPageSource());
	}

	List<WebElement> all(String cssSelector) {
		return this.driver.findElements(By.cssSelector(cssSelector));
	}

	/**
	 * The rows of a table with two columns.
	 */
	Map<String, String> table(String caption) {
		Map<String, String> rows = new LinkedHashMap<>();
		for (WebElement row : this.driver.findElements(By.xpath("//table[caption='" + caption + "']/tbody/tr"))) {
			rows.put(row.findElement(By.tagName("th")).getText(), row.findElement(By.tagName("td")).getText());
		}
		return rows;
	}

	Object run(String script) {
		return Objects.requireNonNull(this.driver.executeScript(script));
	}

	/**
	 * Makes the page as narrow as a telephone's.
	 */
	void narrow(int pixels) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", pixels, "height", 844, "deviceScaleFactor", 2, "mobile", true));
	}

	/**
	 * @param scheme {@code light} or {@code dark}
	 */
	void prefer(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Goes on as a browser elsewhere.
	 * @param cookies what that holds
	 * @return what this one held, to come back to it
	 */
	Object exchangeCookies(Object cookies) {
		Object held = Objects
			.requireNonNull(this.driver.executeCdpCommand("Network.getAllCookies", Map.of()).get("cookies"));
		this.driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
		this.driver.executeCdpCommand("Network.setCookies", Map.of("cookies", cookies));
		return held;
	}

	/**
	 * What the browser itself complained about since the last time: blocked by a policy,
	 * not found, ignored.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Leaves nothing for whoever uses the same Chromium next: no cookie, no file, and, in
	 * a tab of its own, neither history nor a telephone's width.
	 */
	@Override
	public void close() {
		Set<String> tabs = this.driver.getWindowHandles();
		String clean = openTab();
		tabs.forEach((tab) -> this.driver.switchTo().window(tab).close());
		turnToTab(clean);
		this.driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
		this.driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
		complaints();
	}

}
