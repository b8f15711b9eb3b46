package com.example.pingone.local;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Errors of the endpoints that an application calls. The answer has PingOne's outer shape
 * and says little; the log has the reason under the same correlation id.
 */
final class ErrorResponses implements AuthenticationFailureHandler {

	private static final Logger logger = LoggerFactory.getLogger(ErrorResponses.class);

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		SecurityContextHolder.clearContext();
		OAuth2Error error = (exception instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError()
				: new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
		String code = error.getErrorCode();
		String correlationId = UUID.randomUUID().toString();
		// A wrong code or code_verifier fails inside client authentication as well, and
		// is no fault of the client's credentials.
		boolean invalidClient = OAuth2ErrorCodes.INVALID_CLIENT.equals(code);
		logger.atLevel(invalidClient ? Level.WARN : Level.INFO)
			.log("{} refused: {}, {} (Correlation ID: {})", request.getRequestURI(), code, reason(exception, error),
					correlationId);
		String text = invalidClient ? "Request denied: Unsupported authentication method"
				: "The request could not be completed";
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Correlation-Id", correlationId);
		Json.write(response, invalidClient ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST,
				Map.of("error", code, "error_description", text + " (Correlation ID: " + correlationId + ")"));
	}

	private static String reason(AuthenticationException exception, OAuth2Error error) {
		Throwable cause = exception.getCause();
		String reason = (cause != null) ? cause.getMessage() : error.getDescription();
		return (reason != null) ? reason : "the grant is unknown, used up, expired or revoked";
	}

}
