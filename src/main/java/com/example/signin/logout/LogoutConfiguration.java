package com.example.signin.logout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

@Configuration(proxyBeanMethods = false)
class LogoutConfiguration {

	static final String SIGNED_OUT_PAGE = "/signed-out";

	@Bean
	LogoutSuccessHandler logoutSuccessHandler(ClientRegistrationRepository registrations) {
		return new ProviderLogoutSuccessHandler(registrations);
	}

}
