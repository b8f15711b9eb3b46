package com.example.pingone.workflow;

import java.time.Duration;

import com.example.signin.client.PingOne;
import com.example.signin.provider.ProviderProperties;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * The rooms of the application that talk to the provider, as they ship, without the web
 * application around them. What is proved with them holds for it.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackageClasses = { PingOne.class, ProviderProperties.class })
@ImportAutoConfiguration({ HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
		OAuth2ClientAutoConfiguration.class, RestClientAutoConfiguration.class, SslAutoConfiguration.class })
@Import({ Recorder.class, BrowserSteps.class, Tokens.class, Walk.class })
class WorkflowConfiguration {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Beside the application's own client, which takes a redirect for a fault: to a
	 * browser it is an answer.
	 */
	@Bean
	UserAgent userAgent(RestClient.Builder builder, ClientHttpRequestFactoryBuilder<?> requestFactory,
			HttpClientSettings settings) {
		return new UserAgent(builder
			.requestFactory(requestFactory
				.build(settings.withTimeouts(CONNECT_TIMEOUT, CALL_TIMEOUT).withRedirects(HttpRedirects.DONT_FOLLOW)))
			// First, so that the recorder behind it sees the cookies.
			.requestInterceptors((interceptors) -> interceptors.add(0, new CookieJar()))
			// PingOne answers 406 to a narrower one.
			.defaultHeader(HttpHeaders.ACCEPT, MediaType.ALL_VALUE)
			.build());
	}

}
