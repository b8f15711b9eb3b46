package com.example.signin.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A person has signed in.
 *
 * @param subject the ID token's {@code sub}
 * @param sessionId the ID token's {@code sid}, or {@code null} if it had none
 * @param acr the ID token's {@code acr}, or {@code null} if it had none
 * @param state the authorization request's {@code state}, used up by now
 * @param nonce the authorization request's {@code nonce}, which the ID token repeats
 * @param codeChallenge the authorization request's {@code code_challenge}
 * @param startedAt when the authorization request was made
 * @param startedBy the id of the request that was answered with it, or {@code null} if it
 * had none
 */
public record SignedIn(String subject, @Nullable String sessionId, @Nullable String acr, String state, String nonce,
		String codeChallenge, Instant startedAt, @Nullable String startedBy) {
}
