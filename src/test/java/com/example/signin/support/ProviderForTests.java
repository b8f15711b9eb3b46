package com.example.signin.support;

import java.util.Map;

import com.example.pingone.local.LocalProvider;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * One local provider and one relay for all tests of a run, to which each application
 * under test is pointed.
 */
public final class ProviderForTests implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The provider. */
	public static final LocalProvider PROVIDER = LocalProvider.start(0);

	/** The way to it. */
	public static final Relay RELAY = Relay.to(PROVIDER);

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String host = context.getEnvironment().getProperty("test.provider-host", "localhost");
		Map<String, Object> settings = Map.of("pingone.issuer", RELAY.issuer(host), "pingone.client-id",
				LocalProvider.CLIENT_ID, "pingone.client-secret", LocalProvider.CLIENT_SECRET,
				"signin.preflight.enabled", false);
		// Last, so that a test's own settings win.
		context.getEnvironment().getPropertySources().addLast(new MapPropertySource("provider for tests", settings));
		context.addApplicationListener((ApplicationListener<WebServerInitializedEvent>) (event) -> {
			PROVIDER.allowApplication("http://localhost:" + event.getWebServer().getPort());
			PROVIDER.allowApplication("http://127.0.0.1:" + event.getWebServer().getPort());
		});
	}

	/**
	 * Undisturbs the provider, whatever a test before has done to it.
	 */
	public static void reset() {
		RELAY.reset();
		PROVIDER.changeClientSecret(LocalProvider.CLIENT_SECRET);
	}

	/**
	 * Lets each test begin with a provider that nobody disturbs.
	 */
	static final class Reset implements TestExecutionListener {

		@Override
		public void beforeTestMethod(TestContext context) {
			ProviderForTests.reset();
		}

	}

}
