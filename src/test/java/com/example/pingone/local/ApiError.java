package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;

/**
 * A refusal in the form that PingOne documents for its API: a general {@code code}, and
 * at most one detail that says more.
 */
@SuppressWarnings("serial") // is answered where it occurs
final class ApiError extends RuntimeException {

	private final HttpStatus status;

	private final String code;

	private final List<Map<String, Object>> details;

	private ApiError(HttpStatus status, String code, String message, List<Map<String, Object>> details) {
		super(message);
		this.status = status;
		this.code = code;
		this.details = details;
	}

	static ApiError notFound() {
		return new ApiError(HttpStatus.NOT_FOUND, "NOT_FOUND", "The requested resource was not found", List.of());
	}

	static ApiError invalidRequest(HttpStatus status, String message) {
		return new ApiError(status, "INVALID_REQUEST", message, List.of());
	}

	static ApiError invalidData(String detailCode, String message) {
		return invalidData(detailCode, message, Map.of());
	}

	static ApiError invalidData(String detailCode, String message, Map<String, Object> more) {
		Map<String, Object> detail = new LinkedHashMap<>(Map.of("code", detailCode, "message", message));
		detail.putAll(more);
		return new ApiError(HttpStatus.BAD_REQUEST, "INVALID_DATA", message, List.of(detail));
	}

	HttpStatus status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	/**
	 * Gives the body of the answer.
	 * @param id the correlation id
	 */
	Map<String, Object> body(String id) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", id);
		body.put("code", this.code);
		body.put("message", getMessage());
		body.put("details", this.details);
		return body;
	}

}
