package com.example.signin.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

/**
 * The provider's metadata (OpenID Connect Discovery §4), fetched when it is first needed
 * and kept. A failure is not kept: after a short pause the next caller tries again, one
 * at a time, however many wait.
 */
public class ProviderDiscovery {

	private static final ParameterizedTypeReference<Map<String, Object>> METADATA = new ParameterizedTypeReference<>() {
	};

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final String issuer;

	private final RestClient restClient;

	private final Clock clock;

	private final ReentrantLock oneAtATime = new ReentrantLock();

	private volatile @Nullable Map<String, Object> metadata;

	private volatile @Nullable Failure lastFailure;

	ProviderDiscovery(String issuer, RestClient restClient, Clock clock) {
		this.issuer = issuer;
		this.restClient = restClient;
		this.clock = clock;
	}

	/**
	 * The checked metadata.
	 * @return the members of the discovery document
	 * @throws ProviderUnavailableException if the document cannot be had
	 * @throws OAuth2AuthenticationException if it is that of another issuer
	 */
	public Map<String, Object> metadata() {
		Map<String, Object> known = this.metadata;
		return (known != null) ? known : discoverOneAtATime();
	}

	private Map<String, Object> discoverOneAtATime() {
		this.oneAtATime.lock();
		try {
			Map<String, Object> known = this.metadata;
			if (known != null) {
				return known;
			}
			Failure failure = this.lastFailure;
			if (failure != null && this.clock.instant().isBefore(failure.retryAt())) {
				throw failure.exception();
			}
			return discoverAndRemember();
		}
		finally {
			this.oneAtATime.unlock();
		}
	}

	private Map<String, Object> discoverAndRemember() {
		try {
			Map<String, Object> discovered = discover();
			this.metadata = discovered;
			return discovered;
		}
		catch (AuthenticationException ex) {
			this.lastFailure = new Failure(ex, this.clock.instant().plus(PAUSE_AFTER_FAILURE));
			throw ex;
		}
	}

	private Map<String, Object> discover() {
		try {
			// Discovery §4: without the slash that some issuers, never PingOne's, end
			// with.
			String location = StringUtils.trimTrailingCharacter(this.issuer, '/') + "/.well-known/openid-configuration";
			Map<String, Object> discovered = this.restClient.get()
				.uri(URI.create(location))
				.retrieve()
				.requiredBody(METADATA);
			if (!this.issuer.equals(discovered.get("issuer"))) {
				// Discovery §4.3: the issuer must be the one that was asked, to the
				// letter.
				throw new OAuth2AuthenticationException(new OAuth2Error("invalid_issuer",
						"The discovery document of " + this.issuer + " is that of another, " + discovered.get("issuer"),
						null));
			}
			check(discovered);
			return Collections.unmodifiableMap(discovered);
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Not there, or nothing that a registration can be made of.
			throw new ProviderUnavailableException("The discovery document of " + this.issuer + " cannot be had", ex);
		}
	}

	private static void check(Map<String, Object> discovered) {
		ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(discovered).clientId("any").build();
		String jwkSetUri = registration.getProviderDetails().getJwkSetUri();
		Assert.isTrue(jwkSetUri != null && URI.create(jwkSetUri).isAbsolute(), "jwks_uri is not absolute");
	}

	private record Failure(AuthenticationException exception, Instant retryAt) {
	}

}
