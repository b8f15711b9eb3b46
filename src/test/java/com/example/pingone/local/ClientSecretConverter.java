package com.example.pingone.local;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes a secret, in the header or in the body, as the only credentials of a request. The
 * framework's converters do not mind what else is sent.
 */
final class ClientSecretConverter implements AuthenticationConverter {

	private final AuthenticationConverter basic = new ClientSecretBasicAuthenticationConverter();

	private final AuthenticationConverter post = new ClientSecretPostAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		boolean inHeader = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
		boolean inBody = request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null;
		if (inHeader == inBody || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null) {
			return null;
		}
		return (inHeader ? this.basic : this.post).convert(request);
	}

}
