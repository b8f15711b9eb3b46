package com.example.signin.logout;

import java.time.Duration;
import java.util.Base64;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.web.util.WebUtils;

import com.example.signin.session.HostCookie;

/**
 * The {@code state} of a sign-out that goes on at the provider (OpenID Connect
 * RP-Initiated Logout §2). The browser holds it, since the session is over by then.
 */
class LogoutState {

	private static final String NAME = "logout-state";

	/** The provider may ask the person whether to sign out there too. */
	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private final StringKeyGenerator states = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding());

	/**
	 * Makes a new state, in place of one from before, and lets the browser hold it.
	 * @return the state to send to the provider
	 */
	String create(HttpServletRequest request, HttpServletResponse response) {
		String state = this.states.generateKey();
		HostCookie.set(HostCookie.name(NAME, request), state, LIFETIME, request, response);
		return state;
	}

	/**
	 * Whether the browser holds this state. It goes on holding it, so that the page can
	 * be loaded again.
	 */
	boolean matches(String state, HttpServletRequest request) {
		Cookie held = WebUtils.getCookie(request, HostCookie.name(NAME, request));
		return held != null && held.getValue().equals(state);
	}

}
