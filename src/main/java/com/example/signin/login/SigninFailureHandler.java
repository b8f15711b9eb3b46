package com.example.signin.login;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

import com.example.signin.audit.RequestId;
import com.example.signin.audit.SigninFailed;
import com.example.signin.client.ErrorDescription;
import com.example.signin.page.Page;

/**
 * Ends a failed sign-in where it happened: a page with its cause and a way on, no
 * redirect, no session; and for the operator one line in the log. The page's reference,
 * which is the request's id, finds it.
 */
class SigninFailureHandler implements AuthenticationFailureHandler {

	private static final Log logger = LogFactory.getLog(SigninFailureHandler.class);

	private static final String RETRY_AFTER_SECONDS = "10";

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final ViewResolver viewResolver;

	private final SecurityContextRepository securityContexts;

	private final ApplicationEventPublisher events;

	SigninFailureHandler(ViewResolver viewResolver, SecurityContextRepository securityContexts,
			ApplicationEventPublisher events) {
		this.viewResolver = viewResolver;
		this.securityContexts = securityContexts;
		this.events = events;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException, ServletException {
		SigninAttempt attempt = SigninAttempt.completedBy(request);
		SigninFailure failure = SigninFailure.of(exception, attempt);
		if (failure == SigninFailure.ATTEMPT_LOST && attempt == null
				&& this.securityContexts.containsContext(request)) {
			// A callback loaded again. An attempt that failed must not go on: its page
			// may begin the next one.
			this.redirectStrategy.sendRedirect(request, response, LandingPage.DEFAULT);
			return;
		}
		String reference = Objects.requireNonNullElse(RequestId.present(), "none");
		log(failure, exception);
		this.events.publishEvent(new SigninFailed(failure.name(), ErrorDescription.failure(exception)));
		response.setStatus(failure.status().value());
		if (failure == SigninFailure.PROVIDER_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		render(Map.of("page", Page.ofNobody(request.getContextPath()), "failure", failure, "reference", reference,
				"retry", LandingPage.after(request)), request, response);
	}

	private void render(Map<String, Object> model, HttpServletRequest request, HttpServletResponse response)
			throws ServletException {
		try {
			View view = Objects.requireNonNull(this.viewResolver.resolveViewName("signin-failure", Locale.ENGLISH));
			view.render(model, request, response);
		}
		catch (Exception ex) {
			throw new ServletException("The failure page cannot be rendered", ex);
		}
	}

	private static void log(SigninFailure failure, AuthenticationException exception) {
		String line = "Sign-in failed, " + failure + ": " + ErrorDescription.of(exception);
		if (failure.isThePersonsOwn()) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
	}

}
