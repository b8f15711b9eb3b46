package com.example.signin.account.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;

import com.example.signin.client.PingOne;
import com.example.signin.provider.JwtResponseConverter;
import com.example.signin.provider.UserinfoResponses;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

	/**
	 * The framework's interceptor sends the person's access token along, renewed where
	 * that is due, and forgets one that the API refuses (RFC 6750 §3.1): the next call
	 * signs the person in again. The time limits are those of all calls to the provider.
	 */
	@Bean
	UserinfoApi userinfoApi(RestClient.Builder builder, ClientHttpRequestFactory providerRequestFactory,
			OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientRepository authorizedClients,
			ClientRegistrationRepository registrations, UserinfoResponses responses) {
		OAuth2ClientHttpRequestInterceptor tokens = new OAuth2ClientHttpRequestInterceptor(manager);
		tokens.setClientRegistrationIdResolver((request) -> PingOne.REGISTRATION_ID);
		tokens.setAuthorizationFailureHandler(
				OAuth2ClientHttpRequestInterceptor.authorizationFailureHandler(authorizedClients));
		RestClient restClient = builder.requestFactory(providerRequestFactory)
			.requestInterceptor(tokens)
			.configureMessageConverters(
					(converters) -> converters.registerDefaults().addCustomConverter(new JwtResponseConverter()))
			.build();
		return new UserinfoApi(restClient, registrations, responses);
	}

}
