package com.example.signin.provider;

import java.util.HashMap;
import java.util.Map;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.endpoint.DefaultMapOAuth2AccessTokenResponseConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.util.StringUtils;

/**
 * Reads a token response, and takes an {@code id_token} that is not a text for none: the
 * framework would fail on it with an error 500.
 */
class TokenResponseConverter implements Converter<Map<String, Object>, OAuth2AccessTokenResponse> {

	private final DefaultMapOAuth2AccessTokenResponseConverter converter = new DefaultMapOAuth2AccessTokenResponseConverter();

	@Override
	public OAuth2AccessTokenResponse convert(Map<String, Object> parameters) {
		Map<String, Object> readable = new HashMap<>(parameters);
		readable.computeIfPresent(OidcParameterNames.ID_TOKEN,
				(name, idToken) -> (idToken instanceof String text && StringUtils.hasText(text)) ? idToken : null);
		return this.converter.convert(readable);
	}

}
