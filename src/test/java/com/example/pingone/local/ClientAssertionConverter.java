package com.example.pingone.local;

import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes a client assertion and nothing else as the credentials of a request. The
 * framework's converter insists on {@code client_id}, which RFC 7521 §4.2 leaves
 * optional.
 */
final class ClientAssertionConverter implements AuthenticationConverter {

	private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

	@Override
	public Authentication convert(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null
				|| request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null) {
			throw refused("other credentials than a client assertion");
		}
		if (!JWT_BEARER.equals(single(request, OAuth2ParameterNames.CLIENT_ASSERTION_TYPE))) {
			throw refused("client_assertion_type is not " + JWT_BEARER);
		}
		String assertion = single(request, OAuth2ParameterNames.CLIENT_ASSERTION);
		String issuer = issuer(assertion);
		String clientId = single(request, OAuth2ParameterNames.CLIENT_ID);
		if (clientId != null && !clientId.equals(issuer)) {
			throw refused("client_id is not the iss of the assertion");
		}
		return new OAuth2ClientAuthenticationToken(issuer, new ClientAuthenticationMethod(JWT_BEARER), assertion,
				codeParameters(request));
	}

	private static String issuer(@Nullable String assertion) {
		try {
			String issuer = (assertion != null) ? SignedJWT.parse(assertion).getJWTClaimsSet().getIssuer() : null;
			if (issuer != null) {
				return issuer;
			}
		}
		catch (ParseException ex) {
			// Its message may quote the assertion.
			throw refused("client_assertion is not a signed JWT");
		}
		throw refused("client_assertion is missing or has no iss");
	}

	/**
	 * Client authentication checks the PKCE verifier too, and sees only what it is given
	 * here.
	 */
	private static Map<String, Object> codeParameters(HttpServletRequest request) {
		Map<String, Object> parameters = new HashMap<>();
		if (AuthorizationGrantType.AUTHORIZATION_CODE.getValue()
			.equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))) {
			request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
		}
		return parameters;
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		String[] values = request.getParameterValues(name);
		if (values != null && values.length > 1) {
			throw refused(name + " more than once");
		}
		return (values != null) ? values[0] : null;
	}

	private static OAuth2AuthenticationException refused(String reason) {
		return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, reason, null));
	}

}
