package com.example.signin.audit;

/**
 * The preflight has asked the provider whether it accepts the client assertion.
 *
 * @param outcome accepted, rejected, unreachable or unclear
 * @param detail what the outcome rests on
 */
public record PreflightConcluded(String outcome, String detail) {
}
