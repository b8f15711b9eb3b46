package com.example.signin.audit;

import org.jspecify.annotations.Nullable;

/**
 * A browser came to the page that ends a sign-out, and nothing shows that there was one.
 *
 * @param subject the {@code sub} of who is still signed in there, or {@code null}
 */
public record SignOutUnconfirmed(@Nullable String subject) {
}
