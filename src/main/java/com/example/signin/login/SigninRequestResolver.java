package com.example.signin.login;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Adds to the framework's authorization request what the settings and the page ask for
 * (OIDC Core §3.1.2.1).
 */
class SigninRequestResolver implements OAuth2AuthorizationRequestResolver {

	/** Without padding, so that a state can be part of a cookie's name. */
	private static final Base64StringKeyGenerator STATE = new Base64StringKeyGenerator(
			Base64.getUrlEncoder().withoutPadding());

	private final OAuth2AuthorizationRequestResolver resolver;

	private final AuthorizationRequestProperties properties;

	SigninRequestResolver(OAuth2AuthorizationRequestResolver resolver, AuthorizationRequestProperties properties) {
		this.resolver = resolver;
		this.properties = properties;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return complete(this.resolver.resolve(request), SigninIntent.of(request));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String clientRegistrationId) {
		return complete(this.resolver.resolve(request, clientRegistrationId), SigninIntent.of(request));
	}

	private @Nullable OAuth2AuthorizationRequest complete(@Nullable OAuth2AuthorizationRequest authorizationRequest,
			SigninIntent intent) {
		if (authorizationRequest == null) {
			return null;
		}
		return OAuth2AuthorizationRequest.from(authorizationRequest)
			.state(STATE.generateKey())
			.additionalParameters((parameters) -> add(parameters, intent))
			.build();
	}

	private void add(Map<String, Object> parameters, SigninIntent intent) {
		SigninDemand demand = (intent.demand() != null) ? intent.demand() : this.properties.demand();
		demand.addTo(parameters);
		String loginHint = (intent.loginHint() != null) ? intent.loginHint() : this.properties.loginHint();
		if (loginHint != null) {
			parameters.put("login_hint", loginHint);
		}
		add(parameters, "prompt", this.properties.prompt());
		add(parameters, "ui_locales", this.properties.uiLocales());
		if (this.properties.responseMode() != ResponseMode.QUERY) {
			parameters.put("response_mode", this.properties.responseMode().toString());
		}
	}

	private static void add(Map<String, Object> parameters, String name, Collection<String> values) {
		if (!values.isEmpty()) {
			parameters.put(name, String.join(" ", values));
		}
	}

}
