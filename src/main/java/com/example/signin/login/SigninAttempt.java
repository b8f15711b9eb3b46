package com.example.signin.login;

import java.time.Instant;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the browser holds while its person is at the provider: what cannot be rebuilt from
 * the registration.
 *
 * @param redirectUri where the provider sends the person back to; the token request
 * repeats it to the letter (RFC 6749 §4.1.3)
 * @param nonce binds the ID token to the attempt (OIDC Core §3.1.2.1)
 * @param codeVerifier binds the code to the attempt (RFC 7636 §4.1)
 * @param landingPage the page wanted, a path of this application
 * @param demand how the person has to authenticate
 * @param startedAt when the attempt began
 * @param startedBy the id of the request that began it, or {@code null} if it had none
 */
record SigninAttempt(String redirectUri, String nonce, String codeVerifier, String landingPage, SigninDemand demand,
		Instant startedAt, @Nullable String startedBy) {

	private static final String ATTRIBUTE = SigninAttempt.class.getName();

	/**
	 * The attempt that the request completes.
	 * @param request the callback
	 * @return the attempt, or {@code null} if the browser holds none that matches
	 */
	static @Nullable SigninAttempt completedBy(ServletRequest request) {
		return (SigninAttempt) request.getAttribute(ATTRIBUTE);
	}

	void attachTo(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * The authorization request's {@code code_challenge} (RFC 7636 §4.2, S256).
	 */
	String codeChallenge() {
		return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(this.codeVerifier)).getValue();
	}

	@Override
	public String toString() {
		return "SigninAttempt[landingPage=" + this.landingPage + ", startedAt=" + this.startedAt + "]";
	}

}
