package com.example.signin.audit;

/**
 * A person's refresh token was redeemed, and what came of it has been validated.
 *
 * @param subject the person's {@code sub}
 */
public record TokensRenewed(String subject) {
}
