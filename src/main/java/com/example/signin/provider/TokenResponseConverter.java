package com.example.signin.provider;

import java.util.Map;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.endpoint.DefaultMapOAuth2AccessTokenResponseConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Reads a token response, and refuses an {@code id_token} that is not a text: the
 * framework expects one and would fail with an error 500.
 */
class TokenResponseConverter implements Converter<Map<String, Object>, OAuth2AccessTokenResponse> {

	private final DefaultMapOAuth2AccessTokenResponseConverter converter = new DefaultMapOAuth2AccessTokenResponseConverter();

	@Override
	public OAuth2AccessTokenResponse convert(Map<String, Object> parameters) {
		Object idToken = parameters.getOrDefault(OidcParameterNames.ID_TOKEN, "absent");
		Assert.isTrue(idToken instanceof String text && StringUtils.hasText(text), "id_token is not a text");
		return this.converter.convert(parameters);
	}

}
