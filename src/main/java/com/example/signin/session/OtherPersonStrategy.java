package com.example.signin.session;

import java.util.Collections;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Leaves nothing of one person to another who signs in over the same session: it keeps
 * only the tokens, which are the newcomer's already.
 */
class OtherPersonStrategy implements SessionAuthenticationStrategy {

	@Override
	public void onAuthentication(Authentication newcomer, HttpServletRequest request, HttpServletResponse response) {
		Authentication present = SecurityContextHolder.getContext().getAuthentication();
		HttpSession session = request.getSession(false);
		if (session == null || present == null || present.getName().equals(newcomer.getName())) {
			return;
		}
		for (String attribute : Collections.list(session.getAttributeNames())) {
			if (!(session.getAttribute(attribute) instanceof AuthorizedTokens)) {
				session.removeAttribute(attribute);
			}
		}
	}

}
