package com.example.signin.account.api;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizationFailureHandler;
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
	 * that is due. The time limits are those of all calls to the provider.
	 */
	@Bean
	UserinfoApi userinfoApi(RestClient.Builder builder, ClientHttpRequestFactory providerRequestFactory,
			OAuth2AuthorizedClientManager manager, OAuth2AuthorizationFailureHandler refusedTokens,
			ClientRegistrationRepository registrations, UserinfoResponses responses) {
		OAuth2ClientHttpRequestInterceptor tokens = new OAuth2ClientHttpRequestInterceptor(manager);
		tokens.setClientRegistrationIdResolver((request) -> PingOne.REGISTRATION_ID);
		tokens.setAuthorizationFailureHandler(refusedTokens);
		RestClient restClient = builder.requestFactory(providerRequestFactory)
			.requestInterceptor(tokens)
			.configureMessageConverters(
					(converters) -> converters.registerDefaults().addCustomConverter(new JwtResponseConverter()))
			.build();
		return new UserinfoApi(restClient, registrations, responses);
	}

	@Bean
	OAuth2AuthorizationFailureHandler refusedTokens(OAuth2AuthorizedClientRepository authorizedClients) {
		return new RefusedTokens(authorizedClients, Clock.systemUTC());
	}

}
