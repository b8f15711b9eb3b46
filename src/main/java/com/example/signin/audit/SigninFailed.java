package com.example.signin.audit;

/**
 * A sign-in has ended without a person being signed in.
 *
 * @param cause what the person was told
 * @param failure what it was
 */
public record SigninFailed(String cause, Failure failure) {
}
