package com.example.signin.audit;

/**
 * A person's tokens could not be renewed.
 *
 * @param subject the person's {@code sub}
 * @param failure why
 */
public record RenewalFailed(String subject, Failure failure) {
}
