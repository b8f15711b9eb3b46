package com.example.signin.logout;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

import com.example.signin.client.AuthenticatedRequests;

@Configuration(proxyBeanMethods = false)
class LogoutConfiguration {

	static final String SIGNED_OUT_PAGE = "/signed-out";

	@Bean
	LogoutState logoutState() {
		return new LogoutState();
	}

	@Bean
	LogoutHandler refreshTokenRevocation(OAuth2AuthorizedClientRepository authorizedClients,
			AuthenticatedRequests requests, TaskExecutor applicationTaskExecutor) {
		return new RefreshTokenRevocation(authorizedClients, requests, applicationTaskExecutor);
	}

	@Bean
	LogoutSuccessHandler logoutSuccessHandler(ClientRegistrationRepository registrations, LogoutState logoutState,
			ApplicationEventPublisher events) {
		return new ProviderLogoutSuccessHandler(registrations, logoutState, events);
	}

}
