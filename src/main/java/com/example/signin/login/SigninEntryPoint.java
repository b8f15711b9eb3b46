package com.example.signin.login;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Sends a person who wants a protected page straight to the provider. Whatever is not a
 * person going to a page gets status 401.
 */
class SigninEntryPoint implements AuthenticationEntryPoint {

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final SigninStart signinStart;

	SigninEntryPoint(SigninStart signinStart) {
		this.signinStart = signinStart;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
			throws IOException, ServletException {
		if (this.navigation.matches(request)) {
			this.signinStart.begin(request, response);
		}
		else {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
	}

}
