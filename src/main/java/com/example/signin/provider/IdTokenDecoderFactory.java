package com.example.signin.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Decodes and validates ID tokens (OIDC Core §3.1.3.7) with keys that are fetched once
 * and kept. The framework's own factory fetches them again at each sign-in, through a
 * client without our time limits; its validator and claim types are used as they are.
 */
class IdTokenDecoderFactory implements JwtDecoderFactory<ClientRegistration> {

	private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

	private final ProviderKeys keys;

	IdTokenDecoderFactory(ProviderKeys keys) {
		this.keys = keys;
	}

	@Override
	public JwtDecoder createDecoder(ClientRegistration registration) {
		return this.decoders.computeIfAbsent(registration.getProviderDetails().getJwkSetUri(),
				(jwkSetUri) -> decoder(registration));
	}

	private JwtDecoder decoder(ClientRegistration registration) {
		NimbusJwtDecoder decoder = this.keys.decoder(registration);
		decoder.setJwtValidator(
				JwtValidators.createDefaultWithValidators(List.of(new OidcIdTokenValidator(registration))));
		decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter()
			.andThen(ClaimsOfOthers::without)
			.andThen(IdTokenDecoderFactory::internNames));
		return decoder;
	}

	/**
	 * A session keeps the claims; their names are the same in all.
	 */
	private static Map<String, Object> internNames(Map<String, Object> claims) {
		Map<String, Object> interned = new LinkedHashMap<>();
		claims.forEach((name, value) -> interned.put(name.intern(), value));
		return interned;
	}

}
