package com.example.signin.provider;

import java.util.Objects;
import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * How calls to the provider are measured: as {@code signin.provider.requests}, by
 * endpoint and by what the provider says of them. The framework's own tags know no
 * endpoint, since its address comes from the provider's metadata and is no template.
 */
public class ProviderRequestConvention extends DefaultClientRequestObservationConvention {

	/** RFC 6749 §5.2. What else a provider may say is not counted apart. */
	private static final Set<String> ERRORS = Set.of(OAuth2ErrorCodes.INVALID_REQUEST, OAuth2ErrorCodes.INVALID_CLIENT,
			OAuth2ErrorCodes.INVALID_GRANT, OAuth2ErrorCodes.UNAUTHORIZED_CLIENT,
			OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE, OAuth2ErrorCodes.INVALID_SCOPE);

	public ProviderRequestConvention() {
		super("signin.provider.requests");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ClientRequestObservationContext context) {
		return KeyValues.of(KeyValue.of("endpoint", endpoint(context)), KeyValue.of("oauth.error", oauthError(context)),
				outcome(context));
	}

	/**
	 * The end of its path: token, jwks, userinfo, openid-configuration.
	 */
	private static String endpoint(ClientRequestObservationContext context) {
		String path = Objects.requireNonNull(context.getCarrier()).getURI().getPath();
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String oauthError(ClientRequestObservationContext context) {
		if (context.getError() instanceof OAuth2AuthorizationException failed) {
			String error = failed.getError().getErrorCode();
			return ERRORS.contains(error) ? error : "other";
		}
		return KeyValue.NONE_VALUE;
	}

}
