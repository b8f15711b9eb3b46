package com.example.signin.logout;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.util.UriComponentsBuilder;

import com.example.signin.client.ErrorDescription;

/**
 * Sends the browser to end the provider's session too (OpenID Connect RP-Initiated Logout
 * §2), with a {@code state}, which the framework's handler leaves out. The local session
 * has ended by then, whatever the provider does.
 */
class ProviderLogoutSuccessHandler extends OidcClientInitiatedLogoutSuccessHandler {

	private static final Log logger = LogFactory.getLog(ProviderLogoutSuccessHandler.class);

	private final LogoutState logoutState;

	ProviderLogoutSuccessHandler(ClientRegistrationRepository registrations, LogoutState logoutState) {
		super(registrations);
		this.logoutState = logoutState;
		setPostLogoutRedirectUri("{baseUrl}" + LogoutConfiguration.SIGNED_OUT_PAGE);
		setDefaultTargetUrl(LogoutConfiguration.SIGNED_OUT_PAGE);
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		try {
			String target = super.determineTargetUrl(request, response, authentication);
			return target.equals(getDefaultTargetUrl()) ? target : withState(target, request, response);
		}
		catch (AuthenticationException ex) {
			logger.warn("Signed out here only; the provider's session goes on: " + ErrorDescription.of(ex));
			return getDefaultTargetUrl();
		}
	}

	private String withState(String target, HttpServletRequest request, HttpServletResponse response) {
		return UriComponentsBuilder.fromUriString(target)
			.queryParam(OAuth2ParameterNames.STATE, this.logoutState.create(request, response))
			.build()
			.toUriString();
	}

}
