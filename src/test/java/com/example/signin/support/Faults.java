package com.example.signin.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong with providers.
 */
public final class Faults {

	/** A path that no redirect may lead the application to. */
	public static final String ELSEWHERE = "/elsewhere";

	/** Stands for a token in answers that the application cannot use. */
	public static final String LEAK = "part-of-an-answer-that-nobody-may-see";

	private static final int HUGE = 20 * 1024 * 1024;

	private static final int STILL_TOO_LONG_SECONDS = 30;

	private Faults() {
	}

	/**
	 * Takes the request and says nothing.
	 */
	public static Relay.Disturbance never() {
		return (exchange) -> (http) -> pause(STILL_TOO_LONG_SECONDS);
	}

	/**
	 * Answers one byte a second.
	 */
	public static Relay.Disturbance oneByteASecond() {
		return (exchange) -> (http) -> {
			http.getResponseHeaders().set("Content-Type", "application/json");
			http.sendResponseHeaders(200, 0);
			OutputStream out = http.getResponseBody();
			for (int sent = 0; sent < STILL_TOO_LONG_SECONDS; sent++) {
				out.write((sent == 0) ? '{' : ' ');
				out.flush();
				pause(1);
			}
		};
	}

	/**
	 * Ends the connection instead of an answer.
	 */
	public static Relay.Disturbance hangUp() {
		return (exchange) -> (http) -> {
			throw new IOException("Hangs up");
		};
	}

	/**
	 * Ends the connection in the middle of an answer.
	 */
	public static Relay.Disturbance hangUpHalfway() {
		return (exchange) -> (http) -> {
			http.getResponseHeaders().set("Content-Type", "application/json");
			http.sendResponseHeaders(200, 1000);
			http.getResponseBody().write("{\"access_token\":\"".getBytes(StandardCharsets.US_ASCII));
			http.getResponseBody().flush();
			throw new IOException("Hangs up");
		};
	}

	/**
	 * Sends 20 MB of JSON.
	 */
	public static Relay.Disturbance huge(int status) {
		return (exchange) -> (http) -> {
			http.getResponseHeaders().set("Content-Type", "application/json");
			http.sendResponseHeaders(status, 0);
			byte[] part = new byte[1024 * 1024];
			Arrays.fill(part, (byte) 'x');
			OutputStream out = http.getResponseBody();
			out.write("{\"access_token\":\"".getBytes(StandardCharsets.US_ASCII));
			for (int sent = 0; sent < HUGE; sent += part.length) {
				out.write(part);
			}
			out.write("\"}".getBytes(StandardCharsets.US_ASCII));
		};
	}

	/**
	 * Sends the application somewhere else.
	 */
	public static Relay.Disturbance redirect() {
		return (exchange) -> new Relay.Response(302, Map.of("Location", List.of(ELSEWHERE)), new byte[0]);
	}

	/**
	 * Answers with a status and an error in JSON that is none of OAuth's.
	 */
	public static Relay.Disturbance status(int status) {
		return json(status, "{\"message\":\"" + LEAK + "\"}");
	}

	/**
	 * Answers with a page.
	 */
	public static Relay.Disturbance html() {
		return (exchange) -> Relay.Response.of(200, "text/html", "<!DOCTYPE html><title>" + LEAK + "</title>");
	}

	/**
	 * Answers with something in JSON.
	 */
	public static Relay.Disturbance json(int status, String body) {
		return (exchange) -> Relay.Response.json(status, body);
	}

	/**
	 * Lets nothing happen for a time, or until the relay closes.
	 */
	private static void pause(int seconds) throws IOException {
		try {
			if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody counts it down");
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
