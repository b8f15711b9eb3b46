package com.example.signin.logout;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.util.UriComponentsBuilder;

import com.example.signin.audit.SignedOut;
import com.example.signin.audit.SignedOut.Kind;
import com.example.signin.client.ErrorDescription;

/**
 * Sends the browser to end the provider's session too (OpenID Connect RP-Initiated Logout
 * §2), with a {@code state}, which the framework's handler leaves out. The local session
 * has ended by then, whatever the provider does.
 */
class ProviderLogoutSuccessHandler extends OidcClientInitiatedLogoutSuccessHandler {

	private static final Log logger = LogFactory.getLog(ProviderLogoutSuccessHandler.class);

	private final LogoutState logoutState;

	private final ApplicationEventPublisher events;

	ProviderLogoutSuccessHandler(ClientRegistrationRepository registrations, LogoutState logoutState,
			ApplicationEventPublisher events) {
		super(registrations);
		this.logoutState = logoutState;
		this.events = events;
		setPostLogoutRedirectUri("{baseUrl}" + LogoutConfiguration.SIGNED_OUT_PAGE);
		setDefaultTargetUrl(LogoutConfiguration.SIGNED_OUT_PAGE);
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		String target = providersTargetUrl(request, response, authentication);
		boolean here = target.equals(getDefaultTargetUrl());
		if (authentication != null && authentication.getPrincipal() instanceof OidcUser person) {
			this.events.publishEvent(SignedOut.of(here ? Kind.LOCAL_ONLY : Kind.RP_INITIATED, person));
		}
		return here ? target : withState(target, request, response);
	}

	private String providersTargetUrl(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		try {
			return super.determineTargetUrl(request, response, authentication);
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
