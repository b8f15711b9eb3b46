package com.example.pingone.local;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.nimbusds.jose.util.JSONObjectUtils;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Speaks HTTP with cookies, and follows no redirect by itself.
 */
final class Browser {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	HttpResponse<String> get(String uri, String... headers) {
		var request = HttpRequest.newBuilder(URI.create(uri)).header("Accept", "text/html,*/*");
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return send(request.build());
	}

	HttpResponse<String> post(String uri, Map<String, String> form, String... headers) {
		return post(uri, "application/x-www-form-urlencoded", encode(form), headers);
	}

	HttpResponse<String> post(String uri, String contentType, String body, String... headers) {
		var request = HttpRequest.newBuilder(URI.create(uri))
			.header("Content-Type", contentType)
			.POST(BodyPublishers.ofString(body));
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return send(request.build());
	}

	HttpResponse<String> follow(HttpResponse<String> response) {
		return get(location(response));
	}

	/**
	 * Fills in the sign-on page and sends it.
	 */
	HttpResponse<String> signOn(HttpResponse<String> page, String username, String password) {
		return post(page.uri().toString(), Map.of("username", username, "password", password, "_csrf", csrf(page)));
	}

	HttpResponse<String> cancel(HttpResponse<String> page) {
		return post(page.uri().toString().replace(Paths.SIGNON, Paths.CANCEL), Map.of("_csrf", csrf(page)));
	}

	static String location(HttpResponse<String> response) {
		String location = response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError("No redirect but " + response + ": " + response.body()));
		return response.uri().resolve(location).toString();
	}

	static Map<String, String> parameters(HttpResponse<String> redirect) {
		return UriComponentsBuilder.fromUriString(location(redirect))
			.build()
			.getQueryParams()
			.toSingleValueMap()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(entry) -> URLDecoder.decode(entry.getValue(), StandardCharsets.UTF_8)));
	}

	static Map<String, Object> json(HttpResponse<String> response) {
		try {
			return JSONObjectUtils.parse(response.body());
		}
		catch (ParseException ex) {
			throw new AssertionError(response + ": " + response.body(), ex);
		}
	}

	static String encode(Map<String, String> form) {
		return form.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	private static String csrf(HttpResponse<String> page) {
		Matcher matcher = CSRF.matcher(page.body());
		if (!matcher.find()) {
			throw new AssertionError("No sign-on page but " + page + ": " + page.body());
		}
		return matcher.group(1);
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
