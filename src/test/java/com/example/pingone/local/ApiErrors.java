package com.example.pingone.local;

import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers refusals as PingOne's API does. The log has them under the same correlation id.
 */
@RestControllerAdvice(assignableTypes = FlowController.class)
final class ApiErrors {

	private static final Logger logger = LoggerFactory.getLogger(ApiErrors.class);

	@ExceptionHandler
	ResponseEntity<Map<String, Object>> refused(ApiError error, HttpServletRequest request) {
		String correlationId = UUID.randomUUID().toString();
		logger.warn("{} refused: {}, {} (Correlation ID: {})", request.getRequestURI(), error.code(),
				error.getMessage(), correlationId);
		return ResponseEntity.status(error.status())
			.contentType(MediaType.APPLICATION_JSON)
			.header("Correlation-Id", correlationId)
			.body(error.body(correlationId));
	}

	@ExceptionHandler(HttpMessageNotReadableException.class)
	ResponseEntity<Map<String, Object>> unreadable(HttpServletRequest request) {
		return refused(ApiError.invalidRequest(HttpStatus.BAD_REQUEST, "The body is not the JSON that is expected"),
				request);
	}

}
