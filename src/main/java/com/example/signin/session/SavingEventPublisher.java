package com.example.signin.session;

import java.util.Objects;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.event.OAuth2AuthorizedClientRefreshedEvent;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Keeps renewed tokens before anything that follows can fail: the listeners validate the
 * new ID token, and with a refresh token that is used up the next renewal would end the
 * family.
 */
class SavingEventPublisher implements ApplicationEventPublisher {

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final ApplicationEventPublisher events;

	SavingEventPublisher(OAuth2AuthorizedClientRepository authorizedClients, ApplicationEventPublisher events) {
		this.authorizedClients = authorizedClients;
		this.events = events;
	}

	@Override
	public void publishEvent(Object event) {
		if (event instanceof OAuth2AuthorizedClientRefreshedEvent refreshed) {
			ServletRequestAttributes request = (ServletRequestAttributes) RequestContextHolder
				.currentRequestAttributes();
			this.authorizedClients.saveAuthorizedClient(refreshed.getAuthorizedClient(),
					Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()),
					request.getRequest(), Objects.requireNonNull(request.getResponse()));
		}
		this.events.publishEvent(event);
	}

}
