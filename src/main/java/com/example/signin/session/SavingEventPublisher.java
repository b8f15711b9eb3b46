package com.example.signin.session;

import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.event.OAuth2AuthorizedClientRefreshedEvent;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import com.example.signin.audit.TokensRenewed;

/**
 * Keeps renewed tokens before anything that follows can fail: the listeners validate the
 * new ID token, and with a refresh token that is used up the next renewal would end the
 * family. Tokens whose ID token turns out to be another's (OIDC Core §12.2) are not kept.
 */
class SavingEventPublisher implements ApplicationEventPublisher {

	private static final Set<String> ID_TOKEN_ERRORS = Set.of("invalid_id_token", "invalid_nonce");

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final ApplicationEventPublisher events;

	SavingEventPublisher(OAuth2AuthorizedClientRepository authorizedClients, ApplicationEventPublisher events) {
		this.authorizedClients = authorizedClients;
		this.events = events;
	}

	@Override
	public void publishEvent(Object event) {
		if (event instanceof OAuth2AuthorizedClientRefreshedEvent refreshed) {
			publishRenewal(refreshed);
		}
		else {
			this.events.publishEvent(event);
		}
	}

	private void publishRenewal(OAuth2AuthorizedClientRefreshedEvent event) {
		OAuth2AuthorizedClient client = event.getAuthorizedClient();
		String registrationId = client.getClientRegistration().getRegistrationId();
		ServletRequestAttributes request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		if (request.getRequest().getSession(false) == null) {
			// Ended meanwhile, in another tab or by the provider: to save would make a
			// new one and sign in again.
			throw new ClientAuthorizationRequiredException(registrationId);
		}
		Authentication person = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
		HttpServletResponse response = Objects.requireNonNull(request.getResponse());
		this.authorizedClients.saveAuthorizedClient(client, person, request.getRequest(), response);
		try {
			this.events.publishEvent(event);
			this.events.publishEvent(new TokensRenewed(person.getName()));
		}
		catch (OAuth2AuthenticationException ex) {
			if (isWrong(ex)) {
				this.authorizedClients.removeAuthorizedClient(registrationId, person, request.getRequest(), response);
			}
			throw new ClientAuthorizationException(ex.getError(), registrationId, ex);
		}
	}

	/**
	 * Whether the new ID token is wrong, and not just unchecked because the keys cannot
	 * be had.
	 */
	private static boolean isWrong(OAuth2AuthenticationException exception) {
		Throwable cause = exception.getCause();
		return ID_TOKEN_ERRORS.contains(exception.getError().getErrorCode())
				&& (cause == null || cause instanceof BadJwtException);
	}

}
