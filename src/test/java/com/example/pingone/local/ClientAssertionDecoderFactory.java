package com.example.pingone.local;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Checks a client assertion by PingOne's rules, which differ from the framework's: three
 * algorithms, an {@code aud} of this endpoint rather than any, no leeway, an hour at
 * most. Nothing is cached, so a changed secret counts at once.
 */
final class ClientAssertionDecoderFactory implements JwtDecoderFactory<RegisteredClient> {

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public JwtDecoder createDecoder(RegisteredClient client) {
		return (assertion) -> {
			if (!client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.CLIENT_SECRET_JWT)) {
				throw new BadJwtException("the application signs with a private key");
			}
			MacAlgorithm algorithm = algorithm(assertion);
			List<SecretKeySpec> keys = keys(client, algorithm);
			var decoder = NimbusJwtDecoder.withSecretKey(keys.get(0))
				.macAlgorithm(algorithm)
				.jwtProcessorCustomizer((processor) -> processor.setJWSKeySelector((header, context) -> keys))
				.build();
			decoder.setJwtValidator(validator(client.getClientId()));
			return decoder.decode(assertion);
		};
	}

	/** The current secret and, after a rotation, the previous one. */
	private static List<SecretKeySpec> keys(RegisteredClient client, MacAlgorithm algorithm) {
		return Objects.requireNonNull(client.getClientSecret())
			.lines()
			.map((secret) -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm.getName()))
			.toList();
	}

	private static MacAlgorithm algorithm(String assertion) {
		try {
			String name = SignedJWT.parse(assertion).getHeader().getAlgorithm().getName();
			MacAlgorithm algorithm = MacAlgorithm.from(name);
			if (algorithm == null) {
				throw new BadJwtException("alg is " + name + ", not HS256, HS384 or HS512");
			}
			return algorithm;
		}
		catch (ParseException ex) {
			throw new BadJwtException("client_assertion is not a signed JWT");
		}
	}

	private static OAuth2TokenValidator<Jwt> validator(String clientId) {
		return new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(Duration.ZERO),
				new JwtClaimValidator<>(JwtClaimNames.ISS, clientId::equals),
				new JwtClaimValidator<>(JwtClaimNames.SUB, clientId::equals),
				new JwtClaimValidator<>(JwtClaimNames.AUD, ClientAssertionDecoderFactory::addressedToUs),
				new JwtClaimValidator<>(JwtClaimNames.EXP, ClientAssertionDecoderFactory::expiresWithinTheHour));
	}

	private static boolean addressedToUs(@Nullable List<String> audience) {
		String issuer = Objects.requireNonNull(AuthorizationServerContextHolder.getContext()).getIssuer();
		var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		String called = request.getRequest().getRequestURL().toString();
		return audience != null && audience.size() == 1
				&& List.of(issuer, issuer + Paths.TOKEN, called).contains(audience.get(0));
	}

	private static boolean expiresWithinTheHour(@Nullable Instant expiresAt) {
		return expiresAt != null && !expiresAt.isAfter(Instant.now().plus(LONGEST));
	}

}
