package com.example.pingone.workflow;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

import com.example.pingone.DotEnv;
import com.example.pingone.local.LocalProvider;

import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Walks through PingOne's CLIENT_SECRET_JWT flow and tells where it breaks:
 * {@code ./mvnw -Pworkflow spring-boot:test-run}.
 */
public final class Workflow {

	private static final int SUCCESS = 0;

	private static final int FAILURE = 1;

	private static final int NOT_STARTED = 2;

	private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	private Workflow() {
	}

	/**
	 * Runs the flow and ends the JVM with its exit status. Of each but 0, Maven makes 1.
	 * @param args the options
	 */
	public static void main(String[] args) {
		// The transcript is what there is to read: nothing is logged until Spring Boot
		// sets the logging up, and errors alone from then on.
		LoggingSystem.get(Workflow.class.getClassLoader()).beforeInitialize();
		System.setProperty("logging.level.root", "error");
		System.exit(run(DotEnv.read(DotEnv.FILE).overriddenBy(System.getenv()), System.out, args));
	}

	/**
	 * Runs the flow.
	 * @param variables the settings by the names of their environment variables
	 * @param out where it is printed
	 * @param args the options
	 * @return the exit status: 0 when all went as it should, 1 when a step failed, 2 when
	 * it could not begin
	 */
	static int run(Map<String, String> variables, PrintStream out, String... args) {
		Transcript transcript = new Transcript(out);
		Options options;
		try {
			options = Options.parse(args);
		}
		catch (IllegalArgumentException ex) {
			transcript.notStarted(ex.getMessage() + "\n\n" + Options.USAGE);
			return NOT_STARTED;
		}
		if (options.help()) {
			transcript.text(Options.USAGE);
			return SUCCESS;
		}
		Settings settings = new Settings(variables);
		if (settings.nothingConfigured()) {
			return demonstrate(settings, options, transcript);
		}
		if (!settings.missing().isEmpty()) {
			transcript.notStarted(
					"These settings are missing, as environment variables or in .env:\n\n" + settings.missing());
			return NOT_STARTED;
		}
		return run(settings, options, transcript);
	}

	private static int demonstrate(Settings settings, Options options, Transcript transcript) {
		try (LocalProvider provider = LocalProvider.start(0)) {
			provider.allowApplication(settings.applicationUrl());
			transcript
				.text("Nothing is configured: this is a local provider of the run's own, a stand-in for PingOne.\n\n");
			return run(settings.at(provider), options, transcript);
		}
	}

	private static int run(Settings settings, Options options, Transcript transcript) {
		transcript.text(settings.summary());
		try (ConfigurableApplicationContext context = start(settings, transcript)) {
			transcript.succeeded(context.getBean(Walk.class).run(options.tamper()));
			return SUCCESS;
		}
		catch (StepFailure ex) {
			transcript.failed(ex);
			return FAILURE;
		}
		catch (BeansException ex) {
			transcript.notStarted("The application does not start with these settings: the message above says why.");
			return NOT_STARTED;
		}
	}

	private static ConfigurableApplicationContext start(Settings settings, Transcript transcript) {
		return new SpringApplicationBuilder(WorkflowConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> {
				context.getEnvironment().getPropertySources().replace(VARIABLES, variables(settings));
				context.getBeanFactory().registerSingleton("settings", settings);
				context.getBeanFactory().registerSingleton("transcript", transcript);
			})
			.run("--signin.preflight.enabled=false");
	}

	private static PropertySource<?> variables(Settings settings) {
		return new SystemEnvironmentPropertySource(VARIABLES, new LinkedHashMap<>(settings.variables()));
	}

}
