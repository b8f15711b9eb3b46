package com.example.signin.page;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells every page what its frame needs.
 */
@ControllerAdvice
class PageAdvice {

	@ModelAttribute("page")
	Page page(HttpServletRequest request, @AuthenticationPrincipal @Nullable OidcUser user, @Nullable CsrfToken csrf) {
		return new Page(request.getContextPath(), (user != null) ? name(user) : null, csrf);
	}

	private static @Nullable String name(OidcUser user) {
		if (user.getFullName() != null) {
			return user.getFullName();
		}
		return (user.getEmail() != null) ? user.getEmail() : user.getSubject();
	}

}
