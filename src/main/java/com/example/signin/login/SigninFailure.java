package com.example.signin.login;

import java.io.IOException;
import java.util.Set;

import com.nimbusds.jose.KeySourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

import com.example.signin.provider.ProviderUnavailableException;

/**
 * Why a sign-in failed, as far as the person who tried can do something about it.
 */
public enum SigninFailure {

	/** The person cancelled or was refused. */
	DENIED(HttpStatus.FORBIDDEN),

	/** The person authenticated in another way than was asked for. */
	DEMAND_UNMET(HttpStatus.FORBIDDEN),

	/** The attempt is unknown, expired, changed or used up. */
	ATTEMPT_LOST(HttpStatus.BAD_REQUEST),

	/** The provider cannot be reached, is too slow or broken. */
	PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),

	/** The provider refuses this application, or its answer fails a check. */
	PROVIDER_REFUSED(HttpStatus.BAD_GATEWAY);

	private static final Set<String> OUTAGES = Set.of(OAuth2ErrorCodes.SERVER_ERROR,
			OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE, "invalid_token_response");

	private final HttpStatus status;

	SigninFailure(HttpStatus status) {
		this.status = status;
	}

	HttpStatus status() {
		return this.status;
	}

	/**
	 * Whether it says nothing about the state of the application or the provider.
	 */
	boolean isThePersonsOwn() {
		return this == DENIED || this == ATTEMPT_LOST;
	}

	/**
	 * Finds the cause.
	 * @param exception what ended the sign-in
	 * @param attempt the attempt that it ended, or {@code null} if there was none
	 */
	static SigninFailure of(Throwable exception, @Nullable SigninAttempt attempt) {
		if (isOutage(exception)) {
			return PROVIDER_UNAVAILABLE;
		}
		if (!(exception instanceof OAuth2AuthenticationException failed)) {
			return PROVIDER_REFUSED;
		}
		boolean answerOfTokenEndpoint = failed.getCause() instanceof OAuth2AuthorizationException;
		return switch (failed.getError().getErrorCode()) {
			case "authorization_request_not_found" -> ATTEMPT_LOST;
			// A callback without code or error; the provider's own invalid_request has an
			// attempt.
			case OAuth2ErrorCodes.INVALID_REQUEST -> (attempt != null) ? PROVIDER_REFUSED : ATTEMPT_LOST;
			// The reference to a pushed request is used up or too old.
			case "invalid_request_uri" -> ATTEMPT_LOST;
			case SigninDemand.UNMET -> DEMAND_UNMET;
			// OIDC Core §3.1.2.6: prompt=none, and the provider would have to ask.
			case "login_required", "interaction_required", "account_selection_required", "consent_required" -> DENIED;
			case OAuth2ErrorCodes.ACCESS_DENIED -> answerOfTokenEndpoint ? PROVIDER_REFUSED : DENIED;
			// RFC 6749 §5.2: the code is invalid, expired or used already.
			case OAuth2ErrorCodes.INVALID_GRANT -> ATTEMPT_LOST;
			default -> PROVIDER_REFUSED;
		};
	}

	private static boolean isOutage(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof RestClientResponseException answer) {
				return answer.getStatusCode().is5xxServerError()
						|| answer.getStatusCode().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
			}
			if (cause instanceof ProviderUnavailableException || cause instanceof RestClientException
					|| cause instanceof KeySourceException || cause instanceof IOException) {
				return true;
			}
		}
		return exception instanceof OAuth2AuthenticationException failed
				&& OUTAGES.contains(failed.getError().getErrorCode());
	}

}
