package com.example.signin.provider;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.web.client.RestClient;

/**
 * The one HTTP client for all calls to the provider. It never hangs, never follows a
 * redirect with a credential in the request, and never reads more than a provider has to
 * say. A proxy of the JVM and {@code spring.http.clients.ssl.bundle} are respected.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ProviderProperties.class, IdTokenProperties.class })
class ProviderConfiguration {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration KEYS_FRESH_FOR = Duration.ofHours(1);

	@Bean
	ClientHttpRequestFactory providerRequestFactory(ClientHttpRequestFactoryBuilder<?> builder,
			HttpClientSettings settings) {
		ClientHttpRequestFactory requestFactory = builder
			.build(settings.withTimeouts(CONNECT_TIMEOUT, CALL_TIMEOUT).withRedirects(HttpRedirects.DONT_FOLLOW));
		return new InterceptingClientHttpRequestFactory(requestFactory,
				List.of((request, body, execution) -> answer(execution.execute(request, body))));
	}

	/**
	 * A redirect is no answer: the framework would take it for an empty one.
	 */
	private static ClientHttpResponse answer(ClientHttpResponse response) throws IOException {
		HttpStatusCode status = response.getStatusCode();
		if (status.is3xxRedirection()) {
			response.close();
			throw new IOException("A redirect, status " + status.value() + ", which is not followed");
		}
		return new BoundedResponse(response);
	}

	@Bean
	RestClient providerRestClient(RestClient.Builder builder, ClientHttpRequestFactory providerRequestFactory) {
		OAuth2AccessTokenResponseHttpMessageConverter tokenResponses = new OAuth2AccessTokenResponseHttpMessageConverter();
		tokenResponses.setAccessTokenResponseConverter(new TokenResponseConverter());
		return builder.requestFactory(providerRequestFactory)
			.observationConvention(new ProviderRequestConvention())
			.configureMessageConverters((converters) -> converters.registerDefaults()
				.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(tokenResponses))
			.defaultStatusHandler(new ProviderErrorHandler())
			.build();
	}

	@Bean
	ProviderDiscovery providerDiscovery(ProviderProperties properties, RestClient providerRestClient) {
		return new ProviderDiscovery(properties.issuer(), providerRestClient, Clock.systemUTC());
	}

	@Bean
	ProviderKeys providerKeys(RestClient providerRestClient, IdTokenProperties properties) {
		return new ProviderKeys(providerRestClient, KEYS_FRESH_FOR, properties.algorithms());
	}

	@Bean
	UserinfoResponses userinfoResponses(ProviderKeys keys) {
		return new UserinfoResponses(keys);
	}

	@Bean
	JwtDecoderFactory<ClientRegistration> idTokenDecoderFactory(ProviderKeys keys) {
		return new IdTokenDecoderFactory(keys);
	}

}
