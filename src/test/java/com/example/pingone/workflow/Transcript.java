package com.example.pingone.workflow;

import java.io.PrintStream;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The run as it is read on a terminal. Whatever is printed passes here, and here alone is
 * known what must not be shown, and how much of it.
 */
final class Transcript {

	/** Nothing of their value is shown. */
	private static final Set<String> HIDDEN = Set.of("password", "client_secret");

	/** Only the beginning of their value is shown, to tell one from another. */
	private static final Set<String> CUT = Set.of("code", "code_verifier", "client_assertion", "access_token",
			"refresh_token", "id_token", "id_token_hint");

	private static final Set<String> TIMES = Set.of("exp", "iat", "nbf", "auth_time", "updated_at");

	private static final int STUB_LENGTH = 6;

	/** Of anything shorter, six characters would be too much. */
	private static final int LONG_ENOUGH_TO_CUT = 24;

	private static final String RULE = "=".repeat(96);

	private final PrintStream out;

	private int number;

	private String title = "";

	Transcript(PrintStream out) {
		this.out = out;
	}

	/**
	 * Prints lines as they are.
	 */
	void text(String text) {
		text.lines().forEach(this::line);
	}

	void step(String title) {
		this.number++;
		this.title = title;
		line("");
		line("%2d  %s".formatted(this.number, title));
	}

	void request(String method, URI uri, HttpHeaders headers, Map<String, String> parameters) {
		line("    %-6s %s".formatted(method,
				UriComponentsBuilder.fromUri(uri).replaceQuery(null).build(true).toUriString()));
		headers.getOrEmpty(HttpHeaders.CONTENT_TYPE).forEach((type) -> row(HttpHeaders.CONTENT_TYPE, type));
		authorization(headers.getFirst(HttpHeaders.AUTHORIZATION));
		headers.getOrEmpty(HttpHeaders.COOKIE)
			.stream()
			.flatMap((cookies) -> Arrays.stream(cookies.split("; ")))
			.forEach((cookie) -> cookie("Cookie ", cookie));
		parameters.forEach(this::value);
		String assertion = parameters.get("client_assertion");
		if (assertion != null) {
			decoded("client assertion", assertion);
		}
	}

	void answer(int status, Duration time, HttpHeaders headers) {
		line("    %-6d %d ms".formatted(status, time.toMillis()));
		String correlationId = headers.getFirst("Correlation-Id");
		if (correlationId != null) {
			value("Correlation-Id", correlationId);
		}
		headers.getOrEmpty(HttpHeaders.SET_COOKIE)
			.stream()
			.map((header) -> header.split(";", 2)[0])
			.forEach((cookie) -> cookie("Set-Cookie ", cookie));
	}

	void noAnswer(Duration time) {
		line("    %-6s %d ms".formatted("none", time.toMillis()));
	}

	/**
	 * Shows a value under its name, as much of it as may be seen.
	 */
	void value(String name, Object value) {
		String text = value.toString();
		if (HIDDEN.contains(name)) {
			row(name, length(text));
		}
		else {
			row(name, CUT.contains(name) ? stub(text) : text);
		}
	}

	/**
	 * Shows values under their names, those that there are.
	 */
	void values(Map<String, ? extends @Nullable Object> values) {
		values.forEach((name, value) -> {
			if (value != null) {
				value(name, value);
			}
		});
	}

	/**
	 * Shows what a JWT says, and nothing of its signature.
	 */
	void decoded(String name, String jwt) {
		try {
			SignedJWT parsed = SignedJWT.parse(jwt);
			line("    " + name + ", decoded");
			parsed.getHeader().toJSONObject().forEach((header, value) -> row("header  " + header, value.toString()));
			parsed.getPayload()
				.toJSONObject()
				.forEach((claim, value) -> row("claim   " + claim, readable(claim, value)));
		}
		catch (ParseException ex) {
			line("    " + name + ", not a JWT");
		}
	}

	void succeeded(String verdict) {
		line("");
		line(RULE);
		line(" SUCCESS  " + verdict);
		line(RULE);
	}

	void failed(StepFailure failure) {
		line("");
		line(RULE);
		line(" FAILED at step %d: %s".formatted(this.number, this.title));
		line("");
		if (!failure.said().isEmpty()) {
			line(" What was said");
			failure.said().forEach((name, value) -> line("   %-16s %s".formatted(name, value)));
			line("");
		}
		line(" What it means");
		line("   " + failure.advice().meaning());
		line("");
		line(" What to do");
		List<String> actions = failure.advice().actions();
		for (int i = 0; i < actions.size(); i++) {
			line("   %d. %s".formatted(i + 1, actions.get(i)));
		}
		line(RULE);
	}

	void notStarted(String reason) {
		line("");
		line(RULE);
		line(" NOT STARTED");
		line("");
		reason.lines().forEach((text) -> line(" " + text));
		line(RULE);
	}

	private void cookie(String header, String cookie) {
		String[] parts = cookie.split("=", 2);
		row(header + parts[0], stub(parts[parts.length - 1]));
	}

	private void authorization(@Nullable String header) {
		if (header != null) {
			String[] parts = header.split(" ", 2);
			String credentials = parts[parts.length - 1];
			// Those of Basic begin with the client id and end with the secret.
			row(HttpHeaders.AUTHORIZATION,
					parts[0] + " " + (parts[0].equals("Bearer") ? stub(credentials) : length(credentials)));
		}
	}

	private void row(String name, String value) {
		line("           %-26s %s".formatted(name, value));
	}

	/**
	 * What others say must not steer the terminal.
	 */
	private void line(String text) {
		this.out.println(text.replaceAll("\\p{C}", "?"));
	}

	/**
	 * A claim as it is on the wire; of a time, what a clock shows too.
	 */
	private static String readable(String claim, @Nullable Object value) {
		return (TIMES.contains(claim) && value instanceof Number seconds)
				? value + " = " + Instant.ofEpochSecond(seconds.longValue()) : String.valueOf(value);
	}

	private static String stub(String secret) {
		return (secret.length() < LONG_ENOUGH_TO_CUT) ? length(secret)
				: secret.substring(0, STUB_LENGTH) + "... " + length(secret);
	}

	private static String length(String secret) {
		return "(" + secret.length() + " characters)";
	}

}
