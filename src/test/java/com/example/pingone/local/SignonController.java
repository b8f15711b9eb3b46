package com.example.pingone.local;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The sign-on page. Spring Security's form login takes what it sends.
 */
@Controller
final class SignonController implements AuthenticationFailureHandler {

	private final RequestCache requestCache;

	SignonController(RequestCache requestCache) {
		this.requestCache = requestCache;
	}

	@GetMapping(Paths.SIGNON)
	void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
		show(request, response, "", "");
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		String username = Objects.requireNonNullElse(request.getParameter("username"), "");
		show(request, response, username, "Incorrect user name or password. Please try again.");
	}

	@PostMapping(Paths.CANCEL)
	void cancel(HttpServletRequest request, HttpServletResponse response) throws IOException {
		SavedRequest attempt = this.requestCache.getRequest(request, response);
		if (attempt == null) {
			startOver(response);
			return;
		}
		AuthorizeErrors.cancel(request);
		response.sendRedirect(attempt.getRedirectUrl());
	}

	@GetMapping(path = Paths.STYLESHEET, produces = "text/css;charset=UTF-8")
	@ResponseBody
	String stylesheet() {
		return Page.read("pages.css");
	}

	private void show(HttpServletRequest request, HttpServletResponse response, String username, String error)
			throws IOException {
		if (this.requestCache.getRequest(request, response) == null) {
			startOver(response);
			return;
		}
		CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		Page.write(response, "signon.html", Map.of("signon", Paths.SIGNON, "cancel", Paths.CANCEL, "csrfName",
				csrf.getParameterName(), "csrf", csrf.getToken(), "username", username, "error", error));
	}

	private static void startOver(HttpServletResponse response) throws IOException {
		Page.message(response, HttpStatus.BAD_REQUEST, "There is no sign-on under way",
				"It has expired, or this page was opened by itself. Please start again at the application.");
	}

}
