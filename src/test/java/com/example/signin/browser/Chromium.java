package com.example.signin.browser;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives each test that asks for a {@link Browser} one without cookies, history and cache.
 * It is the Chromium that is installed, with a profile of its own; nothing is downloaded.
 * To start it takes longer than most tests, so that those with the same preferences share
 * it.
 */
final class Chromium implements ExecutionCondition, ParameterResolver {

	private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable");

	private static final @Nullable File BROWSER = find("CHROME_BIN", BROWSERS);

	private static final @Nullable File DRIVER = find("CHROMEDRIVER", List.of("chromedriver"));

	private static final int BLOCK = 2;

	private static final Namespace NAMESPACE = Namespace.create(Chromium.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (BROWSER != null && DRIVER != null) {
			return ConditionEvaluationResult.enabled("There is a Chromium");
		}
		String reason = "No " + ((BROWSER != null) ? "chromedriver" : "Chromium")
				+ " here: install the packages chromium and chromium-driver,"
				+ " or say where they are with CHROME_BIN and CHROMEDRIVER";
		if ("true".equals(System.getenv("CI"))) {
			throw new IllegalStateException(reason);
		}
		return ConditionEvaluationResult.disabled(reason);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
		String port = SpringExtension.getApplicationContext(context)
			.getEnvironment()
			.getRequiredProperty("local.server.port");
		String baseUrl = "http://localhost:" + port;
		Map<String, Object> preferences = parameter.isAnnotated(CookiesBlocked.class) ? Map
			.of("profile.content_settings.exceptions.cookies", Map.of(baseUrl + ",*", Map.of("setting", BLOCK)))
				: Map.of();
		Running chromium = context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(preferences, (any) -> start(preferences), Running.class);
		Browser browser = new Browser(chromium.driver(), baseUrl);
		// The stores close the browser after the test, and Chromium after the last one.
		context.getStore(NAMESPACE).put(parameter.getIndex(), browser);
		return browser;
	}

	private static Running start(Map<String, Object> preferences) {
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER)
			.usingAnyFreePort()
			.build();
		return new Running(new ChromeDriver(service, options().setExperimentalOption("prefs", preferences)));
	}

	/**
	 * The driver adds a profile directory of its own and deletes it at the end.
	 */
	private static ChromeOptions options() {
		ChromeOptions options = new ChromeOptions();
		if (BROWSER != null) {
			options.setBinary(BROWSER);
		}
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--no-proxy-server", "--window-size=1280,900");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		return options;
	}

	private static @Nullable File find(String variable, List<String> names) {
		String told = System.getProperty(variable, System.getenv(variable));
		Stream<File> candidates = (told != null) ? Stream.of(new File(told))
				: names.stream()
					.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
						.map((directory) -> new File(directory, name)));
		return candidates.filter((file) -> file.isFile() && file.canExecute()).findFirst().orElse(null);
	}

	private record Running(ChromeDriver driver) implements AutoCloseable {

		@Override
		public void close() {
			this.driver.quit();
		}

	}

	/**
	 * Asks for a browser that takes no cookies from the application; from the provider it
	 * does, or nobody could sign on there.
	 */
	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface CookiesBlocked {

	}

}
