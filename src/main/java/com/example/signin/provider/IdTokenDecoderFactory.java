package com.example.signin.provider;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Decodes and validates ID tokens (OIDC Core §3.1.3.7) with keys that are fetched once
 * and kept. The framework's own factory fetches them again at each sign-in, through a
 * client without our time limits; its validator and claim types are used as they are.
 */
class IdTokenDecoderFactory implements JwtDecoderFactory<ClientRegistration> {

	/**
	 * For a fetch by somebody else, before one of one's own that may take five seconds.
	 */
	private static final Duration WAIT_FOR_KEYS = Duration.ofSeconds(2);

	/** However many unknown keys are named, and however often the fetch fails. */
	private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

	private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

	private final RestClient restClient;

	private final Duration keysFreshFor;

	IdTokenDecoderFactory(RestClient restClient, Duration keysFreshFor) {
		this.restClient = restClient;
		this.keysFreshFor = keysFreshFor;
	}

	@Override
	public JwtDecoder createDecoder(ClientRegistration registration) {
		return this.decoders.computeIfAbsent(registration.getProviderDetails().getJwkSetUri(),
				(jwkSetUri) -> decoder(registration, jwkSetUri));
	}

	private JwtDecoder decoder(ClientRegistration registration, String jwkSetUri) {
		// RS256 and nothing else: neither "none" nor the client secret's HMAC.
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys(jwkSetUri))
			.jwsAlgorithm(SignatureAlgorithm.RS256)
			.build();
		decoder.setJwtValidator(
				JwtValidators.createDefaultWithValidators(List.of(new OidcIdTokenValidator(registration))));
		decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter()
			.andThen(IdTokenDecoderFactory::internNames));
		return decoder;
	}

	private JWKSource<SecurityContext> keys(String jwkSetUri) {
		return JWKSourceBuilder.create(url(jwkSetUri), (ResourceRetriever) this::retrieve)
			.cache(this.keysFreshFor.toMillis(), WAIT_FOR_KEYS.toMillis())
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

	/**
	 * A session keeps the claims; their names are the same in all.
	 */
	private static Map<String, Object> internNames(Map<String, Object> claims) {
		Map<String, Object> interned = new LinkedHashMap<>();
		claims.forEach((name, value) -> interned.put(name.intern(), value));
		return interned;
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
