package com.example.signin.login;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.util.StringUtils;

/**
 * How a person has to authenticate at the provider.
 *
 * @param maxAge the authentication is not older ({@code max_age}), or {@code null} if any
 * age is good
 * @param acrValues its context is one of these ({@code acr_values}), or empty if any is
 * good
 */
public record SigninDemand(@Nullable Duration maxAge, List<String> acrValues) {

	/** From the OpenID Connect Core error code of the same name. */
	static final String UNMET = "unmet_authentication_requirements";

	private static final String MAX_AGE = "max_age";

	private static final String ACR_VALUES = "acr_values";

	/** For consent and the like between the authentication and the ID token. */
	private static final Duration TOLERANCE = Duration.ofSeconds(60);

	/**
	 * What an authorization request demanded.
	 * @param parameters its parameters
	 */
	static SigninDemand of(Map<String, Object> parameters) {
		Object maxAge = parameters.get(MAX_AGE);
		Object acrValues = parameters.get(ACR_VALUES);
		return new SigninDemand((maxAge != null) ? Duration.ofSeconds(Long.parseLong(maxAge.toString())) : null,
				List.of(StringUtils.tokenizeToStringArray((acrValues != null) ? acrValues.toString() : null, " ")));
	}

	/**
	 * What a sign-in had to meet, and has met.
	 * @param callback the request that completed it
	 */
	public static SigninDemand metAt(HttpServletRequest callback) {
		return Objects.requireNonNull(SigninAttempt.completedBy(callback)).demand();
	}

	/**
	 * Adds the demand to an authorization request's parameters.
	 */
	void addTo(Map<String, Object> parameters) {
		if (this.maxAge != null) {
			parameters.put(MAX_AGE, this.maxAge.toSeconds());
		}
		if (!this.acrValues.isEmpty()) {
			parameters.put(ACR_VALUES, String.join(" ", this.acrValues));
		}
	}

	/**
	 * The two checks of OIDC Core §3.1.3.7, 12 and 13, that are the client's own. Both
	 * times are the provider's, so that no clock of ours plays a part.
	 * @throws OAuth2AuthenticationException if the ID token does not meet the demand
	 */
	void requireMetBy(OidcIdToken idToken) {
		if (!accepts(idToken.getAuthenticationContextClass())) {
			throw unmet("The ID token's acr is none of those asked for");
		}
		if (this.maxAge != null) {
			Instant authenticatedAt = idToken.getAuthenticatedAt();
			Instant issuedAt = idToken.getIssuedAt();
			if (authenticatedAt == null || issuedAt == null
					|| authenticatedAt.plus(this.maxAge).plus(TOLERANCE).isBefore(issuedAt)) {
				throw unmet("The ID token's auth_time is missing or older than the max_age asked for");
			}
		}
	}

	/**
	 * Whether an authentication context is good.
	 * @param acr the claim {@code acr}, or {@code null} if there is none
	 * @return whether it is one of those asked for, or any is good
	 */
	public boolean accepts(@Nullable String acr) {
		return this.acrValues.isEmpty() || (acr != null && this.acrValues.contains(acr));
	}

	private static OAuth2AuthenticationException unmet(String description) {
		return new OAuth2AuthenticationException(new OAuth2Error(UNMET, description, null));
	}

}
