package com.example.signin.login;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a person lands after signing in: always a path of this application, so that no
 * link can make the sign-in send people elsewhere.
 */
final class LandingPage {

	/** Where a sign-in that began with none in mind ends. */
	static final String DEFAULT = "/profile";

	/** What fits into an attempt's cookie. */
	private static final int MAX_LENGTH = 2000;

	private LandingPage() {
	}

	/**
	 * The page that the sign-in is for: that of its intent, or else the one that the
	 * request asked for.
	 * @param request a request that a sign-in interrupts or begins with
	 * @return its path within the application, with its query
	 */
	static String wanted(HttpServletRequest request) {
		String intended = SigninIntent.of(request).landingPage();
		if (intended != null) {
			return valid(intended);
		}
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return valid((request.getQueryString() != null) ? path + "?" + request.getQueryString() : path);
	}

	private static String valid(String page) {
		boolean ownPath = page.startsWith("/") && !page.startsWith("//") && !page.startsWith("/\\");
		boolean noPage = page.startsWith("/oauth2/") || page.startsWith("/login/") || page.matches("/logout(\\?.*)?");
		return (ownPath && !noPage && page.length() <= MAX_LENGTH) ? page : DEFAULT;
	}

	/**
	 * The page of the attempt that the request completes, or else the one it asked for.
	 * @param request a callback, or a request that a sign-in interrupts or begins with
	 * @return a path within the application
	 */
	static String after(HttpServletRequest request) {
		SigninAttempt attempt = SigninAttempt.completedBy(request);
		return (attempt != null) ? attempt.landingPage() : wanted(request);
	}

}
