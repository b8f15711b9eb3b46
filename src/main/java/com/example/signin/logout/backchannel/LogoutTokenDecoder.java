package com.example.signin.logout.backchannel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.logout.LogoutTokenClaimNames;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

import com.example.signin.client.PingOne;
import com.example.signin.provider.ProviderKeys;

/**
 * Decodes and validates logout tokens (OpenID Connect Back-Channel Logout §2.6). The
 * framework's own decoder fetches the keys for each token, and its validator fails on one
 * without {@code iss} or {@code events} instead of refusing it.
 */
class LogoutTokenDecoder {

	/** As much as ID tokens are granted. */
	private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

	private final SingletonSupplier<JwtDecoder> decoder;

	LogoutTokenDecoder(ClientRegistrationRepository registrations, ProviderKeys keys) {
		this.decoder = SingletonSupplier
			.of(() -> decoder(Objects.requireNonNull(registrations.findByRegistrationId(PingOne.REGISTRATION_ID)),
					keys));
	}

	/**
	 * The logout token.
	 * @param token its encoded form
	 * @return the token, which says whose session ends
	 * @throws BadJwtException if it is none that may end a session
	 * @throws org.springframework.security.oauth2.jwt.JwtException if the keys that
	 * verify it cannot be had
	 * @throws org.springframework.security.core.AuthenticationException if the provider's
	 * metadata cannot be had
	 */
	OidcLogoutToken decode(String token) {
		Jwt jwt = this.decoder.obtain().decode(token);
		try {
			OidcLogoutToken logoutToken = OidcLogoutToken.withTokenValue(token).claims((claims) -> {
				// The builder begins with the events that it asks for.
				claims.clear();
				claims.putAll(jwt.getClaims());
			}).build();
			Assert.isTrue(logoutToken.getSubject() != null || logoutToken.getSessionId() != null,
					"logout token must contain a sub or a sid claim");
			return logoutToken;
		}
		catch (IllegalArgumentException ex) {
			throw new BadJwtException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static JwtDecoder decoder(ClientRegistration registration, ProviderKeys keys) {
		NimbusJwtDecoder decoder = keys.decoder(registration);
		decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
		decoder.setJwtValidator(validator(registration));
		return decoder;
	}

	/**
	 * What {@link OidcLogoutToken} does not check itself, which are {@code events},
	 * {@code jti} and the absence of {@code nonce}.
	 */
	private static OAuth2TokenValidator<Jwt> validator(ClientRegistration registration) {
		JwtTypeValidator type = new JwtTypeValidator("JWT", "logout+jwt");
		type.setAllowEmpty(true);
		JwtTimestampValidator timestamps = new JwtTimestampValidator(CLOCK_SKEW);
		timestamps.setAllowEmptyExpiryClaim(false);
		String issuer = Objects.requireNonNull(registration.getProviderDetails().getIssuerUri());
		return new DelegatingOAuth2TokenValidator<>(List.of(type, timestamps, new JwtIssuerValidator(issuer),
				new JwtAudienceValidator(registration.getClientId()),
				new JwtClaimValidator<>(LogoutTokenClaimNames.IAT, LogoutTokenDecoder::isPast)));
	}

	private static boolean isPast(@Nullable Object issuedAt) {
		return issuedAt instanceof Instant instant && instant.isBefore(Instant.now().plus(CLOCK_SKEW));
	}

}
