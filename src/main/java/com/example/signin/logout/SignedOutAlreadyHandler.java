package com.example.signin.logout;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Lets a sign-out end on the signed-out page when the session, and with it the CSRF
 * token, has expired already. Whoever is signed in still needs the token.
 */
class SignedOutAlreadyHandler implements AccessDeniedHandler {

	private final RequestMatcher logout = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout");

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final AccessDeniedHandler otherwise = new AccessDeniedHandlerImpl();

	private final SecurityContextRepository securityContexts = new HttpSessionSecurityContextRepository();

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException, ServletException {
		if (this.logout.matches(request) && !this.securityContexts.containsContext(request)) {
			this.redirectStrategy.sendRedirect(request, response, LogoutConfiguration.SIGNED_OUT_PAGE);
		}
		else {
			this.otherwise.handle(request, response, denied);
		}
	}

}
