package com.example.pingone.local;

import java.util.Map;
import java.util.Objects;

import com.example.pingone.DotEnv;
import com.example.signin.SigninApplication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Runs the application with the local provider beside it:
 * {@code ./mvnw spring-boot:test-run}. Settings in {@code .env} are read like environment
 * variables. An issuer that is set there or otherwise is respected; then the application
 * runs alone.
 */
// Nothing is scanned from here: of the main classes in the test tree, the one with this
// annotation is what test-run starts.
@SpringBootApplication
public final class LocalApplication {

	private static final Logger logger = LoggerFactory.getLogger(LocalApplication.class);

	private static final int PROVIDER_PORT = 9000;

	private static final String ISSUER = "http://localhost:" + PROVIDER_PORT + Paths.ISSUER;

	private LocalApplication() {
	}

	/**
	 * Starts the application, then the provider: the application needs it only when
	 * somebody signs in, and whoever is first sets up the logging.
	 * @param args the application's arguments
	 */
	public static void main(String[] args) {
		// A restart would run this method again with the provider still on its port.
		System.setProperty("spring.devtools.restart.enabled", "false");
		DotEnv dotEnv = DotEnv.read(DotEnv.FILE);
		var application = new SpringApplication(SigninApplication.class) {

			@Override
			protected void configurePropertySources(ConfigurableEnvironment environment, String[] args) {
				super.configurePropertySources(environment, args);
				dotEnv.addTo(environment);
			}

		};
		application.setMainApplicationClass(SigninApplication.class);
		boolean alone = issuer(before(args, dotEnv)) != null;
		if (!alone) {
			application.setDefaultProperties(Map.of("pingone.issuer", ISSUER, "pingone.client-id",
					LocalProvider.CLIENT_ID, "pingone.client-secret", LocalProvider.CLIENT_SECRET));
		}
		// Started, and not ready yet: when it is, it proves that the provider accepts it.
		application.addListeners((ApplicationListener<ApplicationStartedEvent>) (event) -> {
			Environment environment = event.getApplicationContext().getEnvironment();
			String issuer = issuer(environment);
			if (alone || !ISSUER.equals(issuer)) {
				boolean fromDotEnv = Objects.equals(issuer, dotEnv.settings().get("PINGONE_ISSUER"));
				logger.info("{}: people sign in with {}", fromDotEnv ? "Settings from .env" : "No local provider",
						issuer);
			}
			else {
				startProvider(environment.getRequiredProperty("local.server.port"));
			}
		});
		application.run(args);
	}

	private static void startProvider(String applicationPort) {
		LocalProvider provider = LocalProvider.start(PROVIDER_PORT);
		provider.allowApplication("http://localhost:" + applicationPort);
		provider.allowApplication("http://127.0.0.1:" + applicationPort);
		logger.info("""
				Ready.

				    Open       http://localhost:{}
				    Sign in    alice / alice-password   or   bob / bob-password
				    Provider   {}
				               (a local stand-in for PingOne, in memory)
				""", applicationPort, provider.issuer());
	}

	/** What is known of the environment before the application reads it. */
	private static Environment before(String[] args, DotEnv dotEnv) {
		var environment = new StandardEnvironment();
		dotEnv.addTo(environment);
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	private static @Nullable String issuer(Environment environment) {
		return environment.getProperty("pingone.issuer");
	}

}
