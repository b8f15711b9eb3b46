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
 * @param authenticatedAt when that was by this machine's clock, or {@code null} if the
 * provider did not say
 */
record SigninStrength(@Nullable String acr, @Nullable Instant authenticatedAt) implements Serializable {

	static final String ATTRIBUTE = SigninStrength.class.getName();

	/**
	 * What an ID token says that has just been issued.
	 * @param now this machine's time, which the provider's clock does not have to share
	 */
	static SigninStrength of(OidcIdToken idToken, Instant now) {
		Instant authenticatedAt = idToken.getAuthenticatedAt();
		Instant issuedAt = idToken.getIssuedAt();
		boolean known = authenticatedAt != null && issuedAt != null;
		return new SigninStrength(idToken.getAuthenticationContextClass(),
				known ? now.minus(Duration.between(authenticatedAt, issuedAt)) : null);
	}

	boolean meets(SigninDemand demand, Instant now) {
		boolean freshEnough = demand.maxAge() == null
				|| (this.authenticatedAt != null && !this.authenticatedAt.plus(demand.maxAge()).isBefore(now));
		return demand.accepts(this.acr) && freshEnough;
	}

}
