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
 * Gives each test that asks for a {@link Browser} a Chromium of its own: the one that is
 * installed, with an empty profile, and gone after the test. Nothing is downloaded.
 */
final class Chromium implements ExecutionCondition, ParameterResolver {

	private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable");

	private static final @Nullable File BROWSER = find("CHROME_BIN", BROWSERS);

	private static final @Nullable File DRIVER = find("CHROMEDRIVER", List.of("chromedriver"));

	private static final int BLOCK = 2;

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
		ChromeOptions options = options();
		if (parameter.isAnnotated(CookiesBlocked.class)) {
			options.setExperimentalOption("prefs", Map.of("profile.content_settings.exceptions.cookies",
					Map.of(baseUrl + ",*", Map.of("setting", BLOCK))));
		}
		Browser browser = new Browser(start(options), baseUrl);
		// The store closes it after the test.
		context.getStore(Namespace.create(Chromium.class)).put(parameter.getIndex(), browser);
		return browser;
	}

	private static ChromeDriver start(ChromeOptions options) {
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER)
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options);
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

	/**
	 * Asks for a browser that takes no cookies from the application; from the provider it
	 * does, or nobody could sign on there.
	 */
	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface CookiesBlocked {

	}

}
