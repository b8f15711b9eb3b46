package com.example.signin.login.stepup;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import com.example.signin.login.SigninDemand;

/**
 * What a session keeps of how its person authenticated.
 *
 * @param acr the authentication's context, or {@code null} if the provider did not say
 * @param authenticatedAt when that counts as done by this machine's clock, or
 * {@code null} if the provider did not say
 */
record SigninStrength(@Nullable String acr, @Nullable Instant authenticatedAt) implements Serializable {

	static final String ATTRIBUTE = SigninStrength.class.getName();

	/** For the way from the callback to the page. */
	private static final Duration LANDING = Duration.ofSeconds(10);

	/**
	 * What an ID token says that has just been issued. Where it met a max_age it counts
	 * as no older for long enough to reach the page: the provider counts in whole seconds
	 * or may have asked for consent, and a person whom we sent back would go round in
	 * circles.
	 * @param met the demand that it met
	 * @param now this machine's time, which the provider's clock does not have to share
	 */
	static SigninStrength of(OidcIdToken idToken, SigninDemand met, Instant now) {
		Instant authenticatedAt = idToken.getAuthenticatedAt();
		Instant issuedAt = idToken.getIssuedAt();
		if (authenticatedAt == null || issuedAt == null) {
			return new SigninStrength(idToken.getAuthenticationContextClass(), null);
		}
		Instant here = now.minus(Duration.between(authenticatedAt, issuedAt));
		Instant accepted = (met.maxAge() != null) ? now.minus(met.maxAge()).plus(LANDING) : here;
		return new SigninStrength(idToken.getAuthenticationContextClass(), here.isBefore(accepted) ? accepted : here);
	}

	boolean meets(SigninDemand demand, Instant now) {
		boolean freshEnough = demand.maxAge() == null
				|| (this.authenticatedAt != null && !this.authenticatedAt.plus(demand.maxAge()).isBefore(now));
		return demand.accepts(this.acr) && freshEnough;
	}

}
