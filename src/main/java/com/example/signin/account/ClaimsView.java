package com.example.signin.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Makes claims readable.
 */
public final class ClaimsView {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'")
		.withZone(ZoneOffset.UTC);

	private ClaimsView() {
	}

	/**
	 * Makes claims readable.
	 * @param claims names and values
	 * @return the same, sorted by name, with values as text
	 */
	public static Map<String, String> of(Map<String, Object> claims) {
		Map<String, String> view = new LinkedHashMap<>();
		new TreeMap<>(claims).forEach((name, value) -> view.put(name, text(value)));
		return view;
	}

	static String text(@Nullable Object value) {
		if (value instanceof Instant time) {
			return TIME.format(time);
		}
		if (value instanceof Collection<?> values) {
			return values.stream().map(ClaimsView::text).collect(Collectors.joining(", "));
		}
		return String.valueOf(value);
	}

}
