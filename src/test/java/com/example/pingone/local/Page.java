package com.example.pingone.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.HtmlUtils;

/**
 * A page from a file beside this class, in which each {@code {{name}}} is replaced by a
 * value, escaped.
 */
final class Page {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

	private Page() {
	}

	static void message(HttpServletResponse response, HttpStatus status, String title, String text) throws IOException {
		response.setStatus(status.value());
		write(response, "message.html", Map.of("title", title, "text", text));
	}

	static void write(HttpServletResponse response, String file, Map<String, String> values) throws IOException {
		Map<String, String> all = new HashMap<>(values);
		all.put("stylesheet", Paths.STYLESHEET);
		String html = PLACEHOLDER.matcher(read(file)).replaceAll((match) -> {
			String value = Objects.requireNonNull(all.get(match.group(1)));
			return Matcher.quoteReplacement(HtmlUtils.htmlEscape(value));
		});
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.getWriter().write(html);
	}

	static String read(String file) {
		try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(file))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
