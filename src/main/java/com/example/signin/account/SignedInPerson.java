package com.example.signin.account;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells every page who is signed in.
 */
@ControllerAdvice
class SignedInPerson {

	/**
	 * @return the name by which to greet the person, or {@code null} if nobody is signed
	 * in
	 */
	@ModelAttribute("person")
	@Nullable String person(@AuthenticationPrincipal @Nullable OidcUser user) {
		if (user == null) {
			return null;
		}
		if (user.getFullName() != null) {
			return user.getFullName();
		}
		return (user.getEmail() != null) ? user.getEmail() : user.getSubject();
	}

}
