package com.example.signin.login;

import java.util.Locale;

/**
 * How the authorization request gets to the provider
 * ({@code signin.authorization-request.method}).
 */
enum AuthorizationRequestMethod {

	/** The browser is redirected (OIDC Core §3.1.2.1, GET). */
	REDIRECT,

	/** The browser posts a form (OIDC Core §3.1.2.1, POST). */
	POST,

	/** This application pushes it; the browser carries a reference (RFC 9126). */
	PUSHED;

	/**
	 * As the setting spells it.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
