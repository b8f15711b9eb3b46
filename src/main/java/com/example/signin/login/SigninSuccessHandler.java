package com.example.signin.login;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

import com.example.signin.audit.SignedIn;

/**
 * Lets a person who has signed in land on the page first asked for.
 */
class SigninSuccessHandler implements AuthenticationSuccessHandler {

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final ApplicationEventPublisher events;

	SigninSuccessHandler(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		SigninAttempt attempt = Objects.requireNonNull(SigninAttempt.completedBy(request));
		OidcIdToken idToken = ((OidcUser) Objects.requireNonNull(authentication.getPrincipal())).getIdToken();
		this.events.publishEvent(new SignedIn(Objects.requireNonNull(idToken.getSubject()),
				idToken.getClaimAsString("sid"), idToken.getAuthenticationContextClass(),
				request.getParameter(OAuth2ParameterNames.STATE), Objects.requireNonNull(idToken.getNonce()),
				attempt.codeChallenge(), attempt.startedAt(), attempt.startedBy()));
		this.redirectStrategy.sendRedirect(request, response, attempt.landingPage());
	}

}
