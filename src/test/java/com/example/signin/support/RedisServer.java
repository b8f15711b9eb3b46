package com.example.signin.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A Redis of its own on a free port, which forgets everything when it stops. It is the
 * one that is installed; nothing is downloaded.
 */
public final class RedisServer implements AutoCloseable {

	static final @Nullable File PROGRAM = Stream.of(System.getenv("PATH").split(File.pathSeparator))
		.map((directory) -> new File(directory, "redis-server"))
		.filter(File::canExecute)
		.findFirst()
		.orElse(null);

	private final int port;

	private @Nullable Process process;

	private RedisServer(int port) {
		this.port = port;
	}

	/**
	 * Starts one.
	 */
	public static RedisServer started() {
		RedisServer server = stopped();
		server.start();
		return server;
	}

	/**
	 * One that does not run yet.
	 */
	public static RedisServer stopped() {
		return new RedisServer(freePort());
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The setting {@code spring.data.redis.url}.
	 */
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * Lets it accept connections and answer nothing, until it goes on.
	 */
	public void pause() {
		signal("STOP");
	}

	public void goOn() {
		signal("CONT");
	}

	/**
	 * Ends it at once.
	 */
	public void kill() {
		if (this.process != null) {
			this.process.destroyForcibly().onExit().join();
		}
	}

	/**
	 * Starts it on its port, empty.
	 */
	public void start() {
		this.process = launch(this.port);
		awaitReady();
	}

	@Override
	public void close() {
		kill();
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(Objects.requireNonNull(this.process).pid())).start()
				.onExit()
				.join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		await().atMost(20, TimeUnit.SECONDS).until(this::accepts);
	}

	private boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Process launch(int port) {
		if (PROGRAM == null) {
			throw new IllegalStateException(NeedsRedis.Condition.MISSING);
		}
		try {
			Path directory = Files.createTempDirectory("redis");
			directory.toFile().deleteOnExit();
			return new ProcessBuilder(PROGRAM.getPath(), "--port", String.valueOf(port), "--bind", "127.0.0.1",
					"--save", "", "--appendonly", "no", "--dir", directory.toString())
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
