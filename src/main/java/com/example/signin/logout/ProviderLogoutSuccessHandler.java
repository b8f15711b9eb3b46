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

/**
 * Sends the browser to end the provider's session too (OpenID Connect RP-Initiated Logout
 * §2). The local session has ended by then, whatever the provider does.
 */
class ProviderLogoutSuccessHandler extends OidcClientInitiatedLogoutSuccessHandler {

	private static final Log logger = LogFactory.getLog(ProviderLogoutSuccessHandler.class);

	ProviderLogoutSuccessHandler(ClientRegistrationRepository registrations) {
		super(registrations);
		setPostLogoutRedirectUri("{baseUrl}" + LogoutConfiguration.SIGNED_OUT_PAGE);
		setDefaultTargetUrl(LogoutConfiguration.SIGNED_OUT_PAGE);
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		try {
			return super.determineTargetUrl(request, response, authentication);
		}
		catch (AuthenticationException ex) {
			logger.warn("Signed out here only; the provider's session goes on: " + ex.getMessage());
			return getDefaultTargetUrl();
		}
	}

}
