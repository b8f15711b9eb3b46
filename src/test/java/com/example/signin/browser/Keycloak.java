package com.example.signin.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * A Keycloak of its own, unpacked by the Maven profile of that name: on a free port of
 * the loopback interface, with the realm of {@code keycloak/realm.json}, and without a
 * memory. Its log is {@code keycloak.log} in its home.
 */
final class Keycloak implements AutoCloseable {

	/** As in the realm file. */
	static final String CLIENT_ID = "pingone-signin";

	/** As in the realm file. */
	static final String CLIENT_SECRET = "keycloak-tests-only.not-a-secret_demo~value.0123456789-ABCDEFGHI";

	/** Most of it goes into putting its own classes together, at the first start only. */
	private static final Duration START = Duration.ofMinutes(3);

	private static final Duration STOP = Duration.ofSeconds(20);

	private static final Pattern STARTED = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");

	private final ServerSocket applicationPort;

	private final Process process;

	private final Path log;

	private Keycloak(ServerSocket applicationPort, Process process, Path log) {
		this.applicationPort = applicationPort;
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts it and waits until it serves the realm.
	 */
	static Keycloak start() {
		Path home = Path.of(Objects.requireNonNull(System.getProperty("keycloak.home"), "Run it with -Pkeycloak"));
		try {
			importAtStart(home, "realm.json");
			Path log = home.resolve("keycloak.log");
			ServerSocket applicationPort = new ServerSocket(0);
			Process process = process(home, applicationPort.getLocalPort()).redirectOutput(log.toFile()).start();
			Keycloak keycloak = new Keycloak(applicationPort, process, log);
			// Also when the tests are interrupted.
			Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
			keycloak.awaitPort();
			return keycloak;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void importAtStart(Path home, String realm) throws IOException {
		Path folder = Files.createDirectories(home.resolve("data/import"));
		try (InputStream in = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/keycloak/" + realm))) {
			Files.copy(in, folder.resolve(realm), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static ProcessBuilder process(Path home, int applicationPort) {
		ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/kc.sh").toString(), "start-dev",
				"--import-realm", "--db=dev-mem", "--http-host=127.0.0.1", "--http-port=0",
				"--log-level=info,org.keycloak.events:debug");
		builder.environment().keySet().removeIf((name) -> name.matches("(KC|JAVA|JDK|QUARKUS)_.*"));
		builder.environment().put("APPLICATION_PORT", String.valueOf(applicationPort));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		// For a life of a minute on few processors.
		builder.environment().put("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
		return builder.redirectErrorStream(true);
	}

	/**
	 * @param host {@code localhost} or {@code 127.0.0.1}
	 */
	String issuer(String host) {
		return "http://" + host + ":" + awaitPort() + "/realms/signin";
	}

	/**
	 * The port of the application to which it sends logout tokens, for that to take. Up
	 * to now it was held, so that nobody else did.
	 */
	int applicationPort() {
		try {
			this.applicationPort.close();
			return this.applicationPort.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until its log tells of an event.
	 * @param event a regular expression for what it says of it
	 */
	void awaitEvent(String event) {
		Pattern entry = Pattern.compile("\\[org\\.keycloak\\.events].*" + event);
		Awaitility.await(event).until(() -> entry.matcher(Files.readString(this.log)).find());
	}

	private String awaitPort() {
		Matcher started = STARTED.matcher("");
		Awaitility.await()
			.atMost(START)
			.failFast("Keycloak has ended, see " + this.log, () -> !this.process.isAlive())
			.until(() -> started.reset(Files.readString(this.log)).find());
		return started.group(1);
	}

	/**
	 * Stops it; what does not stop in time is ended.
	 */
	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
				this.process.descendants().forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
