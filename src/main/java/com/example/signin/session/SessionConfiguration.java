package com.example.signin.session;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.AuthorizationCodeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionLifetimeProperties.class)
class SessionConfiguration {

	@Bean
	OAuth2AuthorizedClientRepository authorizedClientRepository(ClientRegistrationRepository registrations) {
		return new SessionAuthorizedClientRepository(registrations);
	}

	@Bean
	OAuth2AuthorizedClientManager authorizedClientManager(ClientRegistrationRepository registrations,
			OAuth2AuthorizedClientRepository authorizedClients,
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshTokenTokenResponseClient,
			ApplicationEventPublisher events) {
		RefreshTokenOAuth2AuthorizedClientProvider refreshToken = new RefreshTokenOAuth2AuthorizedClientProvider();
		refreshToken.setAccessTokenResponseClient(refreshTokenTokenResponseClient);
		refreshToken.setApplicationEventPublisher(new SavingEventPublisher(authorizedClients, events));
		DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(registrations,
				authorizedClients);
		manager.setAuthorizedClientProvider(new DelegatingOAuth2AuthorizedClientProvider(
				new AuthorizationCodeOAuth2AuthorizedClientProvider(), refreshToken));
		return new OneRenewalAtATime(manager, authorizedClients, events);
	}

	@Bean
	SessionAuthenticationStrategy otherPersonStrategy() {
		return new OtherPersonStrategy();
	}

	@Bean
	SessionLifetimeFilter sessionLifetimeFilter(SessionLifetimeProperties properties,
			ApplicationEventPublisher events) {
		return new SessionLifetimeFilter(properties.maxAge(), Clock.systemUTC(), events);
	}

	/**
	 * Before Spring Security looks who is signed in.
	 */
	@Bean
	FilterRegistrationBean<SessionLifetimeFilter> sessionLifetimeFilterRegistration(SessionLifetimeFilter filter) {
		FilterRegistrationBean<SessionLifetimeFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
		return registration;
	}

}
