package com.example.signin.audit;

import java.time.Instant;

/**
 * A person has signed in.
 *
 * @param subject the ID token's {@code sub}
 * @param state the authorization request's {@code state}, used up by now
 * @param nonce the authorization request's {@code nonce}, which the ID token repeats
 * @param codeChallenge the authorization request's {@code code_challenge}
 * @param startedAt when the authorization request was made
 */
public record SignedIn(String subject, String state, String nonce, String codeChallenge, Instant startedAt) {
}
