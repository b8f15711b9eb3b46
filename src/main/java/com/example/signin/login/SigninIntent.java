package com.example.signin.login;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in that is about to begin is for, where that is not what the request itself
 * and the settings say.
 *
 * @param landingPage where the person lands, a path of this application, or {@code null}
 * for the page that the request asked for
 * @param demand how the person has to authenticate, or {@code null} for what the settings
 * say
 * @param loginHint who is expected to sign in, or {@code null} for what the settings say
 */
public record SigninIntent(@Nullable String landingPage, @Nullable SigninDemand demand, @Nullable String loginHint) {

	private static final SigninIntent NOTHING_PARTICULAR = new SigninIntent(null, null, null);

	private static final String ATTRIBUTE = SigninIntent.class.getName();

	/**
	 * Lets the sign-in that begins with the request have this intent.
	 * @param request the request
	 */
	public void attachTo(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	static SigninIntent of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof SigninIntent intent) ? intent : NOTHING_PARTICULAR;
	}

}
