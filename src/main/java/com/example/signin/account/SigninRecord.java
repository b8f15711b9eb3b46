package com.example.signin.account;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.example.signin.audit.ClientAssertionSigned;

/**
 * What a session keeps of how its sign-in happened: what cannot be derived from the
 * tokens and the registration.
 *
 * @param state the authorization request's {@code state}
 * @param nonce the authorization request's {@code nonce}
 * @param codeChallenge the authorization request's {@code code_challenge}
 * @param startedAt when the authorization request was made
 * @param completedAt when the tokens were there
 * @param assertion the client assertion that redeemed the code, or {@code null} if the
 * client authenticated another way
 */
record SigninRecord(String state, String nonce, String codeChallenge, Instant startedAt, Instant completedAt,
		@Nullable ClientAssertionSigned assertion) implements Serializable {

	static final String ATTRIBUTE = "com.example.signin.account.SigninRecord";

}
