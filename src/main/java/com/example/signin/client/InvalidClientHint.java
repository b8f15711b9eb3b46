package com.example.signin.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

import com.example.signin.provider.ProviderError;

/**
 * What an operator should look at when the provider does not accept this client. PingOne
 * says the same for each cause; this is their order by experience.
 */
final class InvalidClientHint {

	private InvalidClientHint() {
	}

	/**
	 * The likely causes of an error.
	 * @param error an error of the token endpoint
	 * @return a sentence to append to a log line, or nothing if the error is another than
	 * {@code invalid_client}
	 */
	static String of(OAuth2Error error) {
		if (!OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())) {
			return "";
		}
		return ". Likely causes, in this order: the application's tokenEndpointAuthMethod in PingOne is another one than "
				+ "this application's (CLIENT_SECRET_JWT by default); the client secret is wrong or was rotated; this machine's clock"
				+ clock((error instanceof ProviderError answer) ? answer.clockDifference() : null)
				+ "; signin.assertion.audience";
	}

	private static String clock(@Nullable Duration difference) {
		if (difference == null) {
			return " (the provider told no time)";
		}
		String direction = difference.isNegative() ? "behind" : "ahead of";
		return " (" + difference.abs().toSeconds() + " s " + direction + " the provider's)";
	}

}
