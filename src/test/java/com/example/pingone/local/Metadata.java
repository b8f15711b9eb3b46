package com.example.pingone.local;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithms;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;

/**
 * Turns the framework's discovery document into one that says what is served here.
 */
final class Metadata {

	private static final List<String> ASSERTION_ALGORITHMS = List.of(JwsAlgorithms.HS256, JwsAlgorithms.HS384,
			JwsAlgorithms.HS512);

	private Metadata() {
	}

	static void edit(OidcProviderConfiguration.Builder metadata) {
		var methods = exactly(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue(),
				ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue(),
				ClientAuthenticationMethod.CLIENT_SECRET_JWT.getValue());
		metadata.tokenEndpointAuthenticationMethods(methods)
			.tokenIntrospectionEndpointAuthenticationMethods(methods)
			.tokenRevocationEndpointAuthenticationMethods(methods)
			.grantTypes(exactly(AuthorizationGrantType.AUTHORIZATION_CODE.getValue(),
					AuthorizationGrantType.CLIENT_CREDENTIALS.getValue(),
					AuthorizationGrantType.REFRESH_TOKEN.getValue()))
			.scopes(exactly(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL))
			.claim("token_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS)
			.claim("response_modes_supported",
					List.of("query", AuthorizationResponses.FORM_POST, AuthorizationResponses.PI_FLOW))
			.claim("claims_parameter_supported", false)
			.claim("request_parameter_supported", false)
			.claim("request_uri_parameter_supported", false)
			.claim("require_pushed_authorization_requests", false)
			.claims((claims) -> {
				claims.remove("tls_client_certificate_bound_access_tokens");
				claims.remove("dpop_signing_alg_values_supported");
			});
	}

	private static Consumer<List<String>> exactly(String... values) {
		return (list) -> {
			list.clear();
			list.addAll(List.of(values));
		};
	}

}
