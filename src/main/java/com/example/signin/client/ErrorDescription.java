package com.example.signin.client;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.client.RestClientResponseException;

import com.example.signin.audit.Failure;
import com.example.signin.provider.ProviderError;

/**
 * What the log may say of a failed call to the provider: on one line, and nothing of what
 * the provider answered but its error, since an answer may hold tokens.
 */
public final class ErrorDescription {

	private static final int MAX_LENGTH = 600;

	private ErrorDescription() {
	}

	/**
	 * Describes a failure.
	 * @param exception what ended the sign-in, the renewal or another call
	 * @return its error, what lies at its root, and where to look
	 */
	public static String of(Throwable exception) {
		StringBuilder description = new StringBuilder();
		OAuth2Error error = errorOf(exception);
		if (error != null) {
			describe(error, description);
		}
		else if (exception instanceof RestClientResponseException) {
			description.append("The provider's answer is not an OAuth error");
		}
		else {
			description.append(exception.getMessage());
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(exception);
		if (root instanceof RestClientResponseException answer) {
			description.append(", status ").append(answer.getStatusCode().value());
		}
		else if (root instanceof IOException) {
			description.append(", ").append(root.getClass().getSimpleName()).append(": ").append(root.getMessage());
		}
		else if (exception.getCause() != null && !(root instanceof OAuth2AuthorizationException)) {
			description.append(", ").append(root.getClass().getSimpleName());
		}
		return onOneLine(description.toString());
	}

	/**
	 * The same in fewer words, for the audit trail.
	 * @param exception what ended the sign-in or the renewal
	 * @return its error code and the provider's reference
	 */
	public static Failure failure(Throwable exception) {
		OAuth2Error error = errorOf(exception);
		if (error == null) {
			return new Failure(NestedExceptionUtils.getMostSpecificCause(exception).getClass().getSimpleName(), null);
		}
		return new Failure(onOneLine(error.getErrorCode()),
				(error instanceof ProviderError answer) ? answer.correlationId() : null);
	}

	private static @Nullable OAuth2Error errorOf(Throwable exception) {
		if (exception instanceof OAuth2AuthorizationException failed) {
			return failed.getError();
		}
		if (exception instanceof OAuth2AuthenticationException failed) {
			return (failed.getCause() instanceof OAuth2AuthorizationException answer) ? answer.getError()
					: failed.getError();
		}
		return null;
	}

	private static void describe(OAuth2Error error, StringBuilder description) {
		description.append(error.getErrorCode());
		boolean mayHoldAnAnswer = error.getErrorCode().equals("invalid_token_response")
				|| error.getErrorCode().equals("invalid_user_info_response");
		if (error.getDescription() != null && !mayHoldAnAnswer) {
			description.append(" (").append(error.getDescription()).append(")");
		}
		if (error instanceof ProviderError answer && answer.correlationId() != null
				&& description.indexOf(answer.correlationId()) < 0) {
			description.append(", correlation id ").append(answer.correlationId());
		}
		description.append(InvalidClientHint.of(error));
	}

	private static String onOneLine(String text) {
		String line = text.replaceAll("[^\\x20-\\x7E]", "?");
		return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) + "..." : line;
	}

}
