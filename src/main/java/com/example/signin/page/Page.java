package com.example.signin.page;

import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;

/**
 * What the frame of a page needs.
 *
 * @param contextPath what each path in a link begins with, often empty
 * @param person the name by which to greet the person, or {@code null} if nobody is
 * signed in
 * @param csrf the token without which a form is refused, or {@code null} on a page
 * without one
 */
public record Page(String contextPath, @Nullable String person, @Nullable CsrfToken csrf) {

	/**
	 * A page without forms for somebody who is not signed in.
	 * @param contextPath what each path in a link begins with
	 */
	public static Page ofNobody(String contextPath) {
		return new Page(contextPath, null, null);
	}

}
