package com.example.signin.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.example.pingone.local.LocalProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar as it ships, in a process of its own.
 *
 * @param process the process
 * @param log what it has written
 */
public record RunningJar(Process process, Path log) implements AutoCloseable {

	/** Where the build puts the jar. */
	public static final Path JAR = Path.of("target", "pingone-signin.jar").toAbsolutePath();

	/** The java command of the present JDK. */
	public static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	/**
	 * Starts it.
	 * @param folder in which it runs
	 * @param environment the variables that it sees of those that it reads
	 */
	public static RunningJar start(Path folder, Map<String, String> environment) {
		ProcessBuilder builder = new ProcessBuilder(JAVA, "-XX:TieredStopAtLevel=1", "-jar", JAR.toString());
		return start(builder.directory(folder.toFile()), folder, environment);
	}

	/**
	 * Starts it in a particular way.
	 * @param builder what starts it, and where
	 * @param folder for what it writes
	 * @param environment the variables that it sees of those that it reads
	 */
	public static RunningJar start(ProcessBuilder builder, Path folder, Map<String, String> environment) {
		builder.environment()
			.keySet()
			.removeIf((name) -> name.matches("(PINGONE|SIGNIN|SPRING|SERVER|MANAGEMENT|LOGGING)_.*"));
		builder.environment().putAll(environment);
		Path log = folder.resolve("output");
		try {
			return new RunningJar(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The variables of a deployment that signs in with the provider for tests, on any
	 * port, to be changed.
	 * @param folder holds the client secret
	 */
	public static Map<String, String> settings(Path folder) {
		return settings(folder, ProviderForTests.RELAY.issuer("localhost"));
	}

	/**
	 * The variables of a deployment that signs in with a local provider, on any port, to
	 * be changed.
	 * @param folder holds the client secret
	 * @param issuer the provider's
	 */
	public static Map<String, String> settings(Path folder, String issuer) {
		try {
			Path secret = Files.writeString(folder.resolve("secret"), LocalProvider.CLIENT_SECRET + "\n");
			return new HashMap<>(Map.of("PINGONE_ISSUER", issuer, "PINGONE_CLIENT_ID", LocalProvider.CLIENT_ID,
					"PINGONE_CLIENT_SECRET_FILE", secret.toString(), "SERVER_PORT", "0"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where it listens, once it does; it fails at once if the process ends before.
	 */
	public int awaitPort() {
		await().atMost(60, TimeUnit.SECONDS).until(() -> STARTED.matcher(output()).find() || !this.process.isAlive());
		Matcher started = STARTED.matcher(output());
		assertThat(started.find()).withFailMessage(() -> "It ended before it listened:\n" + output()).isTrue();
		return Integer.parseInt(started.group(1));
	}

	/**
	 * What it has written so far.
	 */
	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets it end by itself, as a platform does.
	 */
	public void stop() {
		this.process.destroy();
		this.process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
	}

	/**
	 * Ends it at once, as {@code kill -9} does.
	 */
	public void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

}
