package com.example.signin.client;

import java.time.Clock;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.client.RestClient;

import com.example.signin.provider.ProviderDiscovery;

/**
 * The heart of the application: two token clients that authenticate with a client
 * assertion. Spring Security finds them by their type.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ClientProperties.class, ClientAssertionProperties.class })
class ClientConfiguration {

	@Bean
	OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> authorizationCodeTokenResponseClient(
			RestClient providerRestClient, ClientAssertionConverters clientAssertions) {
		RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
		client.setRestClient(providerRestClient);
		client.addParametersConverter(clientAssertions.converter());
		return client;
	}

	@Bean
	OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshTokenTokenResponseClient(
			RestClient providerRestClient, ClientAssertionConverters clientAssertions) {
		RestClientRefreshTokenTokenResponseClient client = new RestClientRefreshTokenTokenResponseClient();
		client.setRestClient(providerRestClient);
		client.addParametersConverter(clientAssertions.converter());
		return client;
	}

	@Bean
	AuthenticatedRequests authenticatedRequests(RestClient providerRestClient,
			ClientAssertionConverters clientAssertions) {
		return new AuthenticatedRequests(providerRestClient, clientAssertions);
	}

	@Bean
	ClientAssertionConverters clientAssertions(ClientSecret clientSecret, ClientAssertionProperties properties,
			ApplicationEventPublisher events) {
		return new ClientAssertionConverters(clientSecret, properties, events);
	}

	@Bean
	ClientSecret clientSecret(ClientProperties properties, ClientAssertionProperties assertionProperties,
			ApplicationEventPublisher events) {
		return new ClientSecret(properties, assertionProperties.minimumSecretBytes(), Clock.systemUTC(), events);
	}

	@Bean
	ClientRegistrationRepository clientRegistrationRepository(ProviderDiscovery discovery, ClientProperties client,
			ClientSecret clientSecret, OAuth2ClientProperties properties) {
		return new DiscoveredClientRegistrationRepository(discovery, client.clientId(), clientSecret, properties);
	}

	/**
	 * The actuator shows no secret, whatever its {@code show-values} says.
	 */
	@Bean
	SanitizingFunction secretsStayHidden() {
		return SanitizingFunction.sanitizeValue().ifLikelyCredential();
	}

}
