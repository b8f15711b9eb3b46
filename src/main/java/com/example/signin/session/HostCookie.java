package com.example.signin.session;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Cookies that the browser holds for this application while no session does: bound to
 * this host, out of reach for scripts, and sent when a person comes back from the
 * provider.
 */
public final class HostCookie {

	/** Bound to this host and to https (RFC 6265bis §4.1.3.2). */
	private static final String PREFIX = "__Host-";

	private HostCookie() {
	}

	/**
	 * A cookie's full name.
	 * @param name the name without a prefix
	 * @param request tells whether the browser came over https
	 * @return the name, with {@code __Host-} over https
	 */
	public static String name(String name, HttpServletRequest request) {
		return (request.isSecure() ? PREFIX : "") + name;
	}

	/**
	 * Lets the browser hold a cookie.
	 * @param name its full name
	 * @param value its value
	 * @param maxAge how long the browser holds it; zero lets it forget the cookie
	 * @param request tells whether the browser came over https
	 * @param response takes the cookie along
	 */
	public static void set(String name, String value, Duration maxAge, HttpServletRequest request,
			HttpServletResponse response) {
		ResponseCookie cookie = ResponseCookie.from(name, value)
			.path("/")
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

}
