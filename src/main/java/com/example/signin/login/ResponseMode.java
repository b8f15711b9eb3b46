package com.example.signin.login;

import java.util.Locale;

/**
 * How the authorization response comes back ({@code response_mode}).
 */
enum ResponseMode {

	/**
	 * In the callback's query (OAuth 2.0 Multiple Response Type Encoding Practices §2.1).
	 */
	QUERY,

	/** In a form that the browser posts (OAuth 2.0 Form Post Response Mode §2). */
	FORM_POST;

	/**
	 * As the specification and the setting spell it.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
