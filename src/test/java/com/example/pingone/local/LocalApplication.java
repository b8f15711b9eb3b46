package com.example.pingone.local;

import java.nio.file.Path;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
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

	private LocalApplication() {
	}

	/**
	 * Starts the application, with the provider beside it unless an issuer is set.
	 * @param args the application's arguments
	 */
	public static void main(String[] args) {
		// A restart would run this method again with the provider still on its port.
		System.setProperty("spring.devtools.restart.enabled", "false");
		start(DotEnv.FILE, PROVIDER_PORT, args);
	}

	/**
	 * Starts the application, then the provider: the application needs it only when
	 * somebody signs in, and whoever is first sets up the logging.
	 * @param file settings, if it is there
	 * @param providerPort where the provider listens if no issuer is set
	 * @param args the application's arguments
	 * @return the running application, with which the provider ends
	 */
	static ConfigurableApplicationContext start(Path file, int providerPort, String... args) {
		DotEnv dotEnv = DotEnv.read(file);
		String localIssuer = "http://localhost:" + providerPort + Paths.ISSUER;
		var application = new SpringApplication(SigninApplication.class) {

			@Override
			protected void configurePropertySources(ConfigurableEnvironment environment, String[] args) {
				super.configurePropertySources(environment, args);
				dotEnv.addTo(environment);
			}

		};
		application.setMainApplicationClass(SigninApplication.class);
		boolean alone = givenIssuer(new StandardEnvironment(), dotEnv, args) != null;
		if (!alone) {
			application.setDefaultProperties(
					Map.of("pingone.issuer", localIssuer, "pingone.client-id", LocalProvider.CLIENT_ID,
							"pingone.client-secret", LocalProvider.CLIENT_SECRET, "signin.roles.claim", "groups"));
		}
		// Started, and not ready yet: when it is, it proves that the provider accepts it.
		application.addListeners((ApplicationListener<ApplicationStartedEvent>) (event) -> {
			ConfigurableApplicationContext context = event.getApplicationContext();
			String issuer = issuer(context.getEnvironment());
			if (alone || !localIssuer.equals(issuer)) {
				boolean fromDotEnv = Objects.equals(issuer, dotEnv.settings().get("PINGONE_ISSUER"));
				logger.info("{}: people sign in with {}", fromDotEnv ? "Settings from .env" : "No local provider",
						issuer);
			}
			else {
				LocalProvider provider = startProvider(providerPort,
						context.getEnvironment().getRequiredProperty("local.server.port"));
				context.addApplicationListener((ApplicationListener<ContextClosedEvent>) (closed) -> provider.close());
			}
		});
		return application.run(args);
	}

	/**
	 * The issuer that is set around the application, before the application reads it.
	 * @param environment the environment, with the real variables
	 * @param dotEnv the settings that the real variables win over
	 * @param args the application's arguments, which win over both
	 * @return the issuer, or {@code null} if none is set
	 */
	static @Nullable String givenIssuer(ConfigurableEnvironment environment, DotEnv dotEnv, String... args) {
		dotEnv.addTo(environment);
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		ConfigurationPropertySources.attach(environment);
		return issuer(environment);
	}

	private static LocalProvider startProvider(int port, String applicationPort) {
		LocalProvider provider = LocalProvider.start(port);
		provider.allowApplication("http://localhost:" + applicationPort);
		provider.allowApplication("http://127.0.0.1:" + applicationPort);
		logger.info("""
				Ready.

				    Open       http://localhost:{}
				    Sign in    alice / alice-password   or   bob / bob-password
				    Provider   {}
				               (a local stand-in for PingOne, in memory)
				""", applicationPort, provider.issuer());
		return provider;
	}

	private static @Nullable String issuer(Environment environment) {
		return environment.getProperty("pingone.issuer");
	}

}
