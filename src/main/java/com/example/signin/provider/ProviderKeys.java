package com.example.signin.provider;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The keys that verify what the provider signs, fetched once and kept.
 */
public class ProviderKeys {

	/**
	 * For a fetch by somebody else, before one of one's own that may take five seconds.
	 */
	private static final Duration WAIT_FOR_KEYS = Duration.ofSeconds(2);

	/** However many unknown keys are named, and however often the fetch fails. */
	private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

	private final Map<String, JWKSource<SecurityContext>> sources = new ConcurrentHashMap<>();

	private final RestClient restClient;

	private final Duration freshFor;

	private final Set<SignatureAlgorithm> algorithms;

	ProviderKeys(RestClient restClient, Duration freshFor, Set<SignatureAlgorithm> algorithms) {
		this.restClient = restClient;
		this.freshFor = freshFor;
		this.algorithms = algorithms;
	}

	/**
	 * A decoder that verifies signatures with these keys. What the claims must be is for
	 * its caller to set.
	 * @param registration whose provider signs
	 * @return a decoder for the configured algorithms, which are all asymmetric: neither
	 * {@code none} nor the client secret's HMAC, whatever keys the provider publishes
	 */
	public NimbusJwtDecoder decoder(ClientRegistration registration) {
		JWKSource<SecurityContext> keys = this.sources.computeIfAbsent(registration.getProviderDetails().getJwkSetUri(),
				this::source);
		return NimbusJwtDecoder.withJwkSource(keys)
			.jwsAlgorithms((accepted) -> accepted.addAll(this.algorithms))
			.build();
	}

	private JWKSource<SecurityContext> source(String jwkSetUri) {
		return JWKSourceBuilder.create(url(jwkSetUri), (ResourceRetriever) this::retrieve)
			.cache(this.freshFor.toMillis(), WAIT_FOR_KEYS.toMillis())
			.refreshAheadCache(false)
			.rateLimited(BETWEEN_FETCHES.toMillis())
			.outageTolerantForever()
			.build();
	}

	private Resource retrieve(URL url) throws IOException {
		try {
			String jwkSet = this.restClient.get().uri(URI.create(url.toString())).retrieve().requiredBody(String.class);
			return new Resource(jwkSet, MediaType.APPLICATION_JSON_VALUE);
		}
		catch (RestClientException | OAuth2AuthorizationException | IllegalStateException ex) {
			throw new IOException("The provider's keys cannot be had from " + url, ex);
		}
	}

	private static URL url(String jwkSetUri) {
		try {
			return URI.create(jwkSetUri).toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("jwks_uri is not a URL", ex);
		}
	}

}
