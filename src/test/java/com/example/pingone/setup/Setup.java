package com.example.pingone.setup;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.example.pingone.DotEnv;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

/**
 * Prepares a PingOne environment, so that people can sign in to the application with it:
 * {@code ./mvnw -Psetup spring-boot:test-run}.
 */
public final class Setup {

	private static final String DRY_RUN = "--dry-run";

	private static final String ROTATE = "--rotate";

	private static final String HELP = "--help";

	private static final String CLIENT_SECRET = "PINGONE_CLIENT_SECRET";

	private static final String USAGE = """
			Prepares a PingOne environment for the application, and writes pingone-client.secret and .env.
			Safe to repeat; it never deletes.

			    ./mvnw -Psetup spring-boot:test-run [-Dspring-boot.run.arguments="<option> ..."]

			      --dry-run   print what would be done, change nothing
			      --rotate    give the application a new secret; the old one works for another hour
			      --help      print this

			Settings (environment variables or lines in .env): PINGONE_REGION, PINGONE_ENVIRONMENT_ID,
			PINGONE_ADMIN_ENVIRONMENT_ID, PINGONE_ADMIN_CLIENT_ID, PINGONE_ADMIN_CLIENT_SECRET;
			optional PINGONE_APPLICATION_URL (http://localhost:8080), PINGONE_USER_NAME (alice).
			""";

	private final Map<String, String> environment;

	private final Path folder;

	private final Console console;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param environment the environment variables
	 * @param folder where the files are written
	 * @param out where the person who runs it reads
	 */
	public Setup(Map<String, String> environment, Path folder, PrintStream out) {
		this(environment, folder, out, Clock.systemUTC(), Pause::sleep);
	}

	Setup(Map<String, String> environment, Path folder, PrintStream out, Clock clock, Pause pause) {
		this.environment = environment;
		this.folder = folder.toAbsolutePath().normalize();
		this.console = new Console(out);
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Runs the command in the working directory and ends the process.
	 * @param args the options
	 */
	public static void main(String[] args) {
		// Without Spring Boot, which would set it up, Logback prints each DEBUG line.
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		System.exit(new Setup(System.getenv(), Path.of(""), System.out).run(args));
	}

	/**
	 * Runs the command.
	 * @param args the options
	 * @return the exit status: 0 if all is well, 1 if not, 2 if an option is unknown
	 */
	public int run(String... args) {
		List<String> options = List.of(args);
		for (String option : options) {
			if (!List.of(DRY_RUN, ROTATE, HELP).contains(option)) {
				this.console.line("There is no option " + option + ".\n");
				this.console.line(USAGE);
				return 2;
			}
		}
		if (options.contains(HELP)) {
			this.console.line(USAGE);
			return 0;
		}
		try {
			run(options.contains(DRY_RUN), options.contains(ROTATE));
			return 0;
		}
		catch (SetupException ex) {
			failed(ex);
		}
		catch (UncheckedIOException ex) {
			this.console.failed("A file cannot be read or written: "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage() + ".",
					"Check who owns it, and the working directory.");
		}
		catch (JacksonException | DateTimeException ex) {
			failed(SetupException.undocumented(ex.getClass().getSimpleName()));
		}
		return 1;
	}

	private void failed(SetupException failure) {
		this.console.failed(failure.problem(), failure.remedy());
	}

	private void run(boolean dryRun, boolean rotate) {
		SetupSettings settings = SetupSettings.from(dotEnv().overriddenBy(this.environment));
		this.console.line("Environment " + settings.environmentId() + " at " + settings.apiUrl()
				+ (dryRun ? " (dry run: nothing is changed)" : "") + "\n");
		var client = new PatientClient(this.clock, this.pause, this.console);
		var token = new WorkerToken(client, settings);
		var setup = new EnvironmentSetup(new ManagementApi(client, token, settings), token, settings, this.clock,
				this.console, dryRun);
		var files = new ApplicationFiles(this.folder, this.console, dryRun);
		EnvironmentSetup.Credentials credentials = rotate ? setup.rotate(files.secret()) : setup.prepare();
		files.write(credentials.clientSecret());
		files.write(settings, credentials.clientId());
		warnOfOtherSettings();
		this.console.line("");
		if (!setup.changed() && !files.changed()) {
			this.console.line("Everything is as it should be: nothing to change.");
		}
		if (StringUtils.hasText(dotEnv().settings().get(CLIENT_SECRET))) {
			this.console
				.line("First remove the line " + CLIENT_SECRET + " from .env: the application refuses two secrets.");
		}
		if (!dryRun) {
			this.console.line("PINGONE_ADMIN_* are not needed until the next set-up: remove them from .env, "
					+ "or disable the Worker application.");
		}
		this.console.line(next(dryRun, rotate));
	}

	private DotEnv dotEnv() {
		try {
			return DotEnv.read(this.folder.resolve(DotEnv.FILE));
		}
		catch (IllegalStateException ex) {
			throw new SetupException(String.valueOf(ex.getMessage()), "Mend the lines, and run the command again.");
		}
	}

	private static String next(boolean dryRun, boolean rotate) {
		if (dryRun) {
			return "Next: the same without --dry-run";
		}
		return rotate ? "A running application takes the new secret from the file; it needs no restart."
				: "Next: ./mvnw spring-boot:test-run";
	}

	/**
	 * The application refuses two secrets, and real environment variables win over
	 * {@code .env}.
	 */
	private void warnOfOtherSettings() {
		DotEnv dotEnv = dotEnv();
		if (StringUtils.hasText(this.environment.get(CLIENT_SECRET))) {
			this.console.say(CLIENT_SECRET + " is set as well: unset it, the application takes one secret only");
		}
		dotEnv.settings().forEach((name, value) -> {
			if (!value.equals(this.environment.getOrDefault(name, value))) {
				this.console.say(name + " is set otherwise in your environment, which wins: unset it");
			}
		});
	}

}
