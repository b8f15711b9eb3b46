package com.example.pingone.workflow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.example.signin.provider.ProviderError;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.web.client.RestClientResponseException;

/**
 * A no of the token endpoint, as the application's token clients tell it.
 *
 * @param exception what they threw
 */
record TokenRefusal(OAuth2AuthorizationException exception) {

	private static final String NO_USABLE_ANSWER = "invalid_token_response";

	/**
	 * Whether the endpoint accepted the client and refused what came after (RFC 6749
	 * §5.2: the client comes first).
	 */
	boolean isOfTheGrant() {
		return OAuth2ErrorCodes.INVALID_GRANT.equals(error().getErrorCode());
	}

	/**
	 * Whether the endpoint refused the client: nothing else says that it looked at the
	 * assertion.
	 */
	boolean isOfTheClient() {
		return OAuth2ErrorCodes.INVALID_CLIENT.equals(error().getErrorCode());
	}

	/**
	 * Ends the run after an answer to a falsified assertion that says nothing about it.
	 * @return what was said and what it means
	 */
	StepFailure unclear() {
		return isAnAnswer() ? new StepFailure(said(), Advice.TAMPERED_UNCLEAR) : failure(Advice.TAMPERED_UNCLEAR);
	}

	/**
	 * Ends the run.
	 * @param grantRefused what it means when the client was accepted
	 * @return what was said and what it means
	 */
	StepFailure failure(Advice grantRefused) {
		StepFailure unreachable = StepFailure.ofNetwork(this.exception);
		if (unreachable != null) {
			return unreachable;
		}
		if (this.exception.getCause() instanceof RestClientResponseException answer) {
			return new StepFailure(Map.of("status", answer.getStatusCode().value()),
					Advice.ofStatus(answer.getStatusCode().value(), Advice.NO_TOKENS));
		}
		return new StepFailure(said(), switch (error().getErrorCode()) {
			case OAuth2ErrorCodes.INVALID_CLIENT -> Advice.CLIENT_REFUSED;
			case OAuth2ErrorCodes.INVALID_GRANT -> grantRefused;
			case OAuth2ErrorCodes.UNAUTHORIZED_CLIENT -> Advice.GRANT_NOT_ENABLED;
			case OAuth2ErrorCodes.INVALID_SCOPE -> Advice.SCOPE;
			case NO_USABLE_ANSWER -> Advice.NO_TOKENS;
			default -> Advice.TOKEN_REQUEST_REFUSED;
		});
	}

	Map<String, @Nullable Object> said() {
		Map<String, @Nullable Object> said = new LinkedHashMap<>();
		said.put("error", error().getErrorCode());
		if (isAnAnswer()) {
			// Else it may hold a part of the answer, and that a token.
			said.put("description", error().getDescription());
		}
		if (error() instanceof ProviderError answer) {
			said.put("correlation id", answer.correlationId());
			said.put("clock here", clock(answer.clockDifference()));
		}
		return said;
	}

	private boolean isAnAnswer() {
		return !NO_USABLE_ANSWER.equals(error().getErrorCode());
	}

	private OAuth2Error error() {
		return this.exception.getError();
	}

	private static @Nullable String clock(@Nullable Duration difference) {
		if (difference == null) {
			return null;
		}
		return difference.abs().toSeconds() + " s " + (difference.isNegative() ? "behind" : "ahead of") + " PingOne's";
	}

}
