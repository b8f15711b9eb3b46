package com.example.signin.support;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Form parameters, or those of a query.
 */
public record Form(Map<String, String> parameters) {

	/**
	 * Reads the query of an address.
	 */
	public static Form ofQuery(String url) {
		return parse(Objects.requireNonNullElse(URI.create(url).getRawQuery(), ""));
	}

	/**
	 * Reads encoded parameters.
	 * @throws IllegalStateException if a parameter is there twice (RFC 6749 §3.2)
	 */
	public static Form parse(String encoded) {
		Map<String, String> parameters = Arrays.stream(encoded.split("&"))
			.filter((pair) -> !pair.isEmpty())
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> decode(pair[0]), (pair) -> decode(pair[1]), (one, two) -> {
				throw new IllegalStateException("A parameter is there twice");
			}, LinkedHashMap::new));
		return new Form(parameters);
	}

	public String get(String name) {
		return this.parameters.getOrDefault(name, "");
	}

	public Form with(String name, String value) {
		Map<String, String> changed = new LinkedHashMap<>(this.parameters);
		changed.put(name, value);
		return new Form(changed);
	}

	public Form without(String name) {
		Map<String, String> changed = new LinkedHashMap<>(this.parameters);
		changed.remove(name);
		return new Form(changed);
	}

	@Override
	public String toString() {
		return this.parameters.entrySet()
			.stream()
			.map((entry) -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
