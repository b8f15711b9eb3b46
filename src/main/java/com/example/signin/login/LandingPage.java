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
	 * The page that the request asked for.
	 * @param request a request that a sign-in interrupts or begins with
	 * @return its path within the application, with its query
	 */
	static String wanted(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		String page = (request.getQueryString() != null) ? path + "?" + request.getQueryString() : path;
		boolean ownPath = page.startsWith("/") && !page.startsWith("//") && !page.startsWith("/\\");
		boolean noPage = path.startsWith("/oauth2/") || path.startsWith("/login/") || path.equals("/logout");
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
