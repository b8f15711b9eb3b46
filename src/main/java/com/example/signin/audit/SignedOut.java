package com.example.signin.audit;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A session of a person has ended.
 *
 * @param kind how it ended
 * @param subject the person's {@code sub}
 * @param sessionId the ID token's {@code sid}, or {@code null} if it had none
 */
public record SignedOut(Kind kind, String subject, @Nullable String sessionId) {

	/**
	 * The end of a person's session.
	 * @param kind how it ended
	 * @param person whose it was
	 */
	public static SignedOut of(Kind kind, OidcUser person) {
		return new SignedOut(kind, Objects.requireNonNull(person.getSubject()), person.getClaimAsString("sid"));
	}

	/**
	 * How a session ends.
	 */
	public enum Kind {

		/** The browser went on to end the provider's session too. */
		RP_INITIATED,

		/** The provider's session goes on. */
		LOCAL_ONLY,

		/** The provider ended it. */
		BACK_CHANNEL,

		/** It was older than {@code signin.session.max-age}. */
		EXPIRED

	}

}
