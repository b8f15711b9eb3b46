package com.example.signin.login;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Adds to the framework's authorization request what the settings and the page ask for
 * (OIDC Core §3.1.2.1).
 */
class SigninRequestCustomizer implements Consumer<OAuth2AuthorizationRequest.Builder> {

	/** Without padding, so that a state can be part of a cookie's name. */
	private static final Base64StringKeyGenerator STATE = new Base64StringKeyGenerator(
			Base64.getUrlEncoder().withoutPadding());

	private final AuthorizationRequestProperties properties;

	SigninRequestCustomizer(AuthorizationRequestProperties properties) {
		this.properties = properties;
	}

	@Override
	public void accept(OAuth2AuthorizationRequest.Builder authorizationRequest) {
		ServletRequestAttributes request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		SigninIntent intent = SigninIntent.of(request.getRequest());
		authorizationRequest.state(STATE.generateKey()).additionalParameters((parameters) -> add(parameters, intent));
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
