package com.example.pingone.setup;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Sends requests, and sends them again as long as that may help. PingOne's own SDK does
 * the same: 1 s, 2 s, 4 s and so on, or as long as {@code Retry-After} says.
 */
final class PatientClient {

	static final int ATTEMPTS = 6;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

	private static final Pattern SECONDS = Pattern.compile("\\d+");

	private final RestClient http = RestClient.builder()
		.requestFactory(ClientHttpRequestFactoryBuilder.jdk()
			.build(HttpClientSettings.defaults()
				.withTimeouts(CONNECT_TIMEOUT, READ_TIMEOUT)
				// A redirect would carry the credentials to wherever it points.
				.withRedirects(HttpRedirects.DONT_FOLLOW)))
		.build();

	private final Clock clock;

	private final Pause pause;

	private final Console console;

	PatientClient(Clock clock, Pause pause, Console console) {
		this.clock = clock;
		this.pause = pause;
		this.console = console;
	}

	/**
	 * Sends a request.
	 * @param request adds headers and body
	 * @param repeatable tells whether after this answer the request may be sent again
	 * @return the last answer
	 */
	Answer send(HttpMethod method, URI uri, Consumer<RestClient.RequestBodySpec> request,
			Predicate<Answer> repeatable) {
		for (int attempt = 1;; attempt++) {
			Answer answer = sendOnce(method, uri, request);
			Duration retryAfter = answer.retryAfter();
			Duration wait = (retryAfter != null) ? retryAfter : backoff(attempt);
			if (attempt == ATTEMPTS || answer.isSuccess() || !repeatable.test(answer)
					|| wait.compareTo(LONGEST_PAUSE) > 0) {
				return answer;
			}
			waitFor(wait, answer);
		}
	}

	/**
	 * Waits before another attempt and says so.
	 */
	void waitFor(Duration wait, Answer answer) {
		String reason = (answer.status() == 0) ? "there was no answer" : "the answer was " + answer.status();
		this.console.say("waiting " + wait.toSeconds() + " s, since " + reason);
		this.pause.take(wait);
	}

	static Duration backoff(int attempt) {
		return Duration.ofSeconds(1L << (attempt - 1));
	}

	private Answer sendOnce(HttpMethod method, URI uri, Consumer<RestClient.RequestBodySpec> request) {
		RestClient.RequestBodySpec spec = this.http.method(method).uri(uri);
		request.accept(spec);
		try {
			return spec.exchangeForRequiredValue((sent, response) -> read(response));
		}
		catch (ResourceAccessException ex) {
			return Answer.none(problem(uri, ex));
		}
	}

	private Answer read(ClientHttpResponse response) throws IOException {
		int status = response.getStatusCode().value();
		Duration retryAfter = retryAfter(response.getHeaders());
		byte[] body = response.getBody().readAllBytes();
		try {
			JsonNode json = (body.length > 0) ? JsonMapper.shared().readTree(body) : MissingNode.getInstance();
			return new Answer(status, retryAfter, json, null);
		}
		catch (JacksonException ex) {
			return new Answer(status, retryAfter, MissingNode.getInstance(),
					"The answer is not JSON but " + response.getHeaders().getContentType() + ".");
		}
	}

	/**
	 * Reads {@code Retry-After}, which has seconds or a date (RFC 9110 §10.2.3). PingOne
	 * documents a date for 503.
	 */
	private @Nullable Duration retryAfter(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value != null && SECONDS.matcher(value).matches()) {
			return Duration.ofSeconds(new BigInteger(value).min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue());
		}
		try {
			ZonedDateTime date = headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER);
			Duration left = (date != null) ? Duration.between(this.clock.instant(), date.toInstant()) : null;
			return (left != null && left.isNegative()) ? Duration.ZERO : left;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	static String problem(URI uri, ResourceAccessException failure) {
		String host = uri.getRawAuthority();
		if (failure.contains(UnresolvedAddressException.class)) {
			return "The name " + host + " is unknown.";
		}
		if (failure.contains(ConnectException.class) || failure.contains(HttpConnectTimeoutException.class)) {
			return "No connection to " + host + ".";
		}
		if (failure.contains(HttpTimeoutException.class)) {
			return "No answer from " + host + " within " + READ_TIMEOUT.toSeconds() + " s.";
		}
		if (failure.contains(SSLException.class)) {
			return "No TLS with " + host + " (" + failure.getMostSpecificCause().getClass().getSimpleName() + "). "
					+ "If a private CA signs its certificate, or that of a proxy in between, set the environment "
					+ "variable JAVA_TOOL_OPTIONS to -Djavax.net.ssl.trustStore=<file> with a trust store that holds the CA.";
		}
		return "The connection to " + host + " broke (" + failure.getMostSpecificCause().getClass().getSimpleName()
				+ ").";
	}

}
