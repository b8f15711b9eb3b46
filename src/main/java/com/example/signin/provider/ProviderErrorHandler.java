package com.example.signin.provider;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.web.client.DefaultResponseErrorHandler;
import org.springframework.web.client.RestClientException;

import static java.time.temporal.ChronoUnit.SECONDS;

/**
 * Keeps the meaning of an OAuth error that comes with status 401 as well as 400. RFC 6749
 * §5.2 allows both for {@code invalid_client}; the framework's own handler reads 400
 * alone and turns the other into {@code invalid_token_response}.
 */
class ProviderErrorHandler extends DefaultResponseErrorHandler {

	private final OAuth2ErrorHttpMessageConverter errorConverter = new OAuth2ErrorHttpMessageConverter();

	@Override
	public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
		HttpStatusCode status = response.getStatusCode();
		if (status.value() == 400 || status.value() == 401) {
			HttpHeaders headers = response.getHeaders();
			throw new OAuth2AuthorizationException(
					new ProviderError(read(response), headers.getFirst("Correlation-Id"), clockDifference(headers)));
		}
		super.handleError(url, method, response);
	}

	private OAuth2Error read(ClientHttpResponse response) throws IOException {
		try {
			return this.errorConverter.read(OAuth2Error.class, response);
		}
		catch (HttpMessageNotReadableException ex) {
			throw new RestClientException("The provider's error answer is not an OAuth error", ex);
		}
	}

	private static @Nullable Duration clockDifference(HttpHeaders headers) {
		try {
			long date = headers.getDate();
			return (date != -1) ? Duration.between(Instant.ofEpochMilli(date), Instant.now()).truncatedTo(SECONDS)
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
