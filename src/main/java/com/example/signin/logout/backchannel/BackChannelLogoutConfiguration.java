package com.example.signin.logout.backchannel;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import com.example.signin.client.PingOne;
import com.example.signin.provider.ProviderKeys;

/**
 * Takes logout tokens where that is switched on. How sessions are found depends on where
 * they are kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackChannelLogoutProperties.class)
class BackChannelLogoutConfiguration {

	private static final String PATH = "/logout/connect/back-channel/" + PingOne.REGISTRATION_ID;

	/**
	 * The provider has neither a session here nor a CSRF token; what counts is the logout
	 * token. A chain that is there either way answers 404 when nothing listens.
	 */
	@Bean
	@Order(2)
	SecurityFilterChain backChannelLogoutSecurity(HttpSecurity http) {
		http.securityMatcher(PATH);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		http.csrf((csrf) -> csrf.disable());
		return http.build();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("signin.back-channel-logout.enabled")
	static class Enabled {

		@Bean
		RouterFunction<ServerResponse> backChannelLogoutEndpoint(ClientRegistrationRepository registrations,
				ProviderKeys keys, Sessions sessions, ApplicationEventPublisher events) {
			BackChannelLogout logout = new BackChannelLogout(new LogoutTokenDecoder(registrations, keys), sessions,
					events);
			return RouterFunctions.route().POST(PATH, logout::handle).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("signin.back-channel-logout.enabled")
	@Profile("!redis")
	static class InMemory {

		@Bean
		OidcSessionRegistry oidcSessionRegistry() {
			return new InMemoryOidcSessionRegistry();
		}

		/**
		 * With a registry the framework enters each sign-in, follows the session's id and
		 * strikes it out when the session ends.
		 */
		@Bean
		Customizer<HttpSecurity> oidcSessionRegistration(OidcSessionRegistry sessionRegistry) {
			return (http) -> http.setSharedObject(OidcSessionRegistry.class, sessionRegistry);
		}

		@Bean
		HttpSessionEventPublisher httpSessionEventPublisher() {
			return new HttpSessionEventPublisher();
		}

		@Bean
		Sessions sessions(OidcSessionRegistry sessionRegistry) {
			return new InMemorySessions(sessionRegistry);
		}

	}

}
