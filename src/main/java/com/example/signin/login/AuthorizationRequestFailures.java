package com.example.signin.login;

import org.springframework.http.HttpStatus;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Ends an authorization request that cannot be made as any other failed sign-in; by
 * itself the filter answers with an error 500. Spring Security offers no other way to
 * tell it.
 */
class AuthorizationRequestFailures implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

	private final AuthenticationFailureHandler failureHandler;

	AuthorizationRequestFailures(AuthenticationFailureHandler failureHandler) {
		this.failureHandler = failureHandler;
	}

	@Override
	public <T extends OAuth2AuthorizationRequestRedirectFilter> T postProcess(T filter) {
		filter.setAuthenticationFailureHandler((request, response, exception) -> {
			if (exception.getCause() instanceof AuthenticationException failed) {
				this.failureHandler.onAuthenticationFailure(request, response, failed);
			}
			else if (exception.getCause() instanceof IllegalArgumentException) {
				// There is no registration of that name.
				response.sendError(HttpStatus.NOT_FOUND.value());
			}
			else {
				this.failureHandler.onAuthenticationFailure(request, response, exception);
			}
		});
		return filter;
	}

}
