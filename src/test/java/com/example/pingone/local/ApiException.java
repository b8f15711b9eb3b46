package com.example.pingone.local;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Why a request of the management API or the flow API is refused. The codes are
 * PingOne's, the messages are not.
 */
final class ApiException extends RuntimeException {

	private final HttpStatusCode status;

	private final String code;

	private final List<Map<String, Object>> details;

	ApiException(HttpStatusCode status, String code, String message, List<Map<String, Object>> details) {
		super(message);
		this.status = status;
		this.code = code;
		this.details = details;
	}

	static ApiException invalidData(List<Map<String, Object>> details) {
		return new ApiException(HttpStatus.BAD_REQUEST, "INVALID_DATA",
				"The request could not be completed. One or more validation errors were in the request.", details);
	}

	static ApiException invalidToken() {
		return new ApiException(HttpStatus.UNAUTHORIZED, "ACCESS_FAILED",
				"The request could not be completed. You do not have access to this resource.",
				List.of(Map.of("code", "INVALID_TOKEN", "message", "The access token is missing, wrong or expired.")));
	}

	static ApiException insufficientPermissions() {
		return new ApiException(HttpStatus.FORBIDDEN, "ACCESS_FAILED",
				"The actor attempting to perform the request is not authorized.", List.of(Map.of("code",
						"INSUFFICIENT_PERMISSIONS", "message", "The actor has no role that permits this request.")));
	}

	static ApiException notFound() {
		return of(HttpStatus.NOT_FOUND);
	}

	/**
	 * An answer of which only the status is known.
	 */
	static ApiException of(HttpStatusCode status) {
		return switch (status.value()) {
			case 403 -> insufficientPermissions();
			case 404 -> new ApiException(status, "NOT_FOUND",
					"Unable to find the requested resource or one that it refers to.", List.of());
			case 429 -> new ApiException(status, "REQUEST_LIMITED", "Too many requests.",
					List.of(Map.of("code", "LIMIT_EXCEEDED", "message", "The request limit is exceeded.")));
			default -> new ApiException(status, status.is5xxServerError() ? "UNEXPECTED_ERROR" : "INVALID_REQUEST",
					"The request could not be completed.", List.of());
		};
	}

	/**
	 * Tells a person what is wrong.
	 */
	String text() {
		return String.valueOf(this.details.isEmpty() ? getMessage() : this.details.get(0).get("message"));
	}

	void write(HttpServletResponse response) throws IOException {
		String correlationId = UUID.randomUUID().toString();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", correlationId);
		body.put("code", this.code);
		body.put("message", String.valueOf(getMessage()));
		body.put("details", this.details);
		response.setHeader("Correlation-Id", correlationId);
		Json.write(response, this.status, body);
	}

}
