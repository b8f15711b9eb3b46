package com.example.signin.preflight;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PreflightProperties.class)
class PreflightConfiguration {

	@Bean
	@ConditionalOnBooleanProperty(name = "signin.preflight.enabled", matchIfMissing = true)
	Preflight preflight(
			OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> authorizationCodeTokenResponseClient,
			ClientRegistrationRepository registrations, TaskExecutor applicationTaskExecutor,
			ApplicationEventPublisher events) {
		return new Preflight(authorizationCodeTokenResponseClient, registrations, applicationTaskExecutor, events);
	}

}
