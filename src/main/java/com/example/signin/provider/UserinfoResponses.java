package com.example.signin.provider;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Finds the claims in what the UserInfo endpoint answers, which is JSON or a signed JWT
 * (OIDC Core §5.3.2). One that is encrypted is refused: no key of ours could open it.
 */
public class UserinfoResponses {

	private final ProviderKeys keys;

	UserinfoResponses(ProviderKeys keys) {
		this.keys = keys;
	}

	/**
	 * Gives the claims of an answer, a JWT's after it has been verified.
	 * @param registration names the provider and this application
	 * @param response what was answered, as {@link JwtResponseConverter} or a converter
	 * of JSON has read it
	 * @return the claims
	 * @throws OAuth2AuthenticationException if a JWT is not the provider's, or not meant
	 * for this application
	 */
	public Map<String, Object> claims(ClientRegistration registration, Map<String, Object> response) {
		Object jwt = response.get(JwtResponseConverter.JWT);
		return ClaimsOfOthers.without((jwt != null) ? verified(registration, jwt.toString()) : response);
	}

	private Map<String, Object> verified(ClientRegistration registration, String jwt) {
		try {
			NimbusJwtDecoder decoder = this.keys.decoder(registration);
			decoder.setJwtValidator(validator(registration));
			return decoder.decode(jwt).getClaims();
		}
		catch (JwtException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error("invalid_user_info_jwt", ex.getMessage(), null),
					ex);
		}
	}

	private static OAuth2TokenValidator<Jwt> validator(ClientRegistration registration) {
		String issuer = registration.getProviderDetails().getIssuerUri();
		String clientId = registration.getClientId();
		return JwtValidators
			.createDefaultWithValidators(List.of(ifPresent(JwtClaimNames.ISS, (String iss) -> iss.equals(issuer)),
					ifPresent(JwtClaimNames.AUD, (List<String> aud) -> aud.contains(clientId))));
	}

	/**
	 * OIDC Core §5.3.2 recommends these claims and does not require them; the framework's
	 * validator does.
	 */
	private static <T> OAuth2TokenValidator<Jwt> ifPresent(String claim, Predicate<T> rule) {
		JwtClaimValidator<T> validator = new JwtClaimValidator<>(claim, rule);
		return (jwt) -> jwt.hasClaim(claim) ? validator.validate(jwt) : OAuth2TokenValidatorResult.success();
	}

}
