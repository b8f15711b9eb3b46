package com.example.signin.login;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import com.example.signin.settings.InvalidSettingException;

/**
 * What the authorization request asks for beyond the registration (OIDC Core §3.1.2.1),
 * and how it is sent.
 *
 * @param method how it gets to the provider: redirect, post, or pushed (RFC 9126; also
 * used by itself when the provider's metadata requires it)
 * @param responseMode how the answer comes back: query or form_post
 * @param maxAge a person whose authentication is older has to authenticate again
 * @param acrValues authentication contexts of which one is required, in order of
 * preference; for PingOne the names of sign-on policies
 * @param prompt what the provider asks the person for, such as login or select_account
 * @param loginHint who is expected to sign in
 * @param uiLocales languages of the provider's pages, in order of preference
 */
@ConfigurationProperties("signin.authorization-request")
record AuthorizationRequestProperties(@DefaultValue("redirect") AuthorizationRequestMethod method,
		@DefaultValue("query") ResponseMode responseMode, @Nullable Duration maxAge,
		@DefaultValue List<String> acrValues, @DefaultValue List<String> prompt, @Nullable String loginHint,
		@DefaultValue List<String> uiLocales) {

	AuthorizationRequestProperties {
		if (maxAge != null && maxAge.isNegative()) {
			throw new InvalidSettingException("signin.authorization-request.max-age", "is less than nothing.",
					"Set it to a duration such as 8h, or leave it out.");
		}
	}

	/**
	 * What each sign-in has to meet, unless a page asks for something else.
	 */
	SigninDemand demand() {
		return new SigninDemand(this.maxAge, this.acrValues);
	}

}
