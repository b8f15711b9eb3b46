package com.example.signin.session;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	@Bean
	OAuth2AuthorizedClientRepository authorizedClientRepository(ClientRegistrationRepository registrations) {
		return new SessionAuthorizedClientRepository(registrations);
	}

}
