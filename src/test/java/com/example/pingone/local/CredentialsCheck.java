package com.example.pingone.local;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Checks user name and password for a flow, and signs the person on in this browser: the
 * same for the page and for the API.
 */
final class CredentialsCheck {

	private final Flows flows;

	private final Lockout lockout;

	private final AuthenticationManager authenticationManager;

	private final SessionAuthenticationStrategy newCookie = new ChangeSessionIdAuthenticationStrategy();

	private final SecurityContextRepository signedOn = new HttpSessionSecurityContextRepository();

	CredentialsCheck(Flows flows, Lockout lockout, UserDetailsService people) {
		this.flows = flows;
		this.lockout = lockout;
		this.authenticationManager = new ProviderManager(new DaoAuthenticationProvider(people));
	}

	/**
	 * Checks the credentials.
	 * @return the flow as it is then: completed, unless the password has to be changed
	 * @throws ApiException if they are wrong, if there were too many wrong ones, or if
	 * the flow is over
	 */
	Flow check(Flow flow, String username, String password, HttpServletRequest request, HttpServletResponse response) {
		if (flow.status().isFinal()) {
			throw new ApiException(HttpStatus.BAD_REQUEST, "INVALID_REQUEST",
					"This flow expects no user name and password", List.of());
		}
		long secondsUntilUnlock = this.lockout.secondsUntilUnlock(username);
		if (secondsUntilUnlock > 0) {
			throw ApiException.invalidData(List.of(Map.of("code", "PASSWORD_LOCKED_OUT", "message",
					"Too many unsuccessful sign-on attempts. Please try again later.", "innerError",
					Map.of("secondsUntilUnlock", secondsUntilUnlock))));
		}
		try {
			var attempt = UsernamePasswordAuthenticationToken.unauthenticated(username, password);
			Authentication person = this.authenticationManager.authenticate(attempt);
			this.lockout.succeeded(username);
			this.newCookie.onAuthentication(person, request, response);
			this.signedOn.saveContext(new SecurityContextImpl(person), request, response);
			return this.flows.keep(request, flow.completedBy((Person) Objects.requireNonNull(person.getPrincipal())));
		}
		catch (CredentialsExpiredException ex) {
			this.lockout.succeeded(username);
			return this.flows.keep(request, flow.with(Flow.Status.MUST_CHANGE_PASSWORD));
		}
		catch (AuthenticationException ex) {
			this.lockout.failed(username);
			throw ApiException.invalidData(List.of(Map.of("code", "INVALID_CREDENTIALS", "message",
					"Incorrect user name or password. Please try again.")));
		}
	}

}
