package com.example.signin.provider;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * The provider cannot be reached, is too slow or answers nonsense. An
 * {@link org.springframework.security.core.AuthenticationException}, so that every filter
 * treats it as a failed sign-in and none lets it escape as an error 500.
 */
public class ProviderUnavailableException extends AuthenticationServiceException {

	ProviderUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
