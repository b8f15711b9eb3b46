package com.example.signin.account;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.example.signin.audit.ClientAssertionSigned;

/**
 * What a session keeps of its last renewal.
 *
 * @param at when the new tokens were there
 * @param assertion the client assertion that redeemed the refresh token, or {@code null}
 * if the client authenticated another way
 */
record Renewal(Instant at, @Nullable ClientAssertionSigned assertion) implements Serializable {

	static final String ATTRIBUTE = "com.example.signin.account.Renewal";

}
