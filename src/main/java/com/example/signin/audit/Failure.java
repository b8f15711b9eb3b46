package com.example.signin.audit;

import org.jspecify.annotations.Nullable;

/**
 * What made something fail, in few words: the log line of the same request says more.
 *
 * @param error the OAuth error code, or the kind of exception if there was none
 * @param correlationId the provider's own reference of its answer, or {@code null} if it
 * gave none
 */
public record Failure(String error, @Nullable String correlationId) {
}
