package com.example.pingone.local;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields of an application, with PingOne's rules and defaults. A field that is not
 * known here is kept and has no effect.
 */
final class ApplicationSettings {

	private static final Map<String, Class<?>> REQUIRED = Map.of("enabled", Boolean.class, "name", String.class,
			"protocol", String.class, "type", String.class, "tokenEndpointAuthMethod", String.class, "grantTypes",
			List.class);

	private static final Map<String, List<String>> ALLOWED = Map.of("type",
			List.of("WEB_APP", "NATIVE_APP", "SINGLE_PAGE_APP", "WORKER", "SERVICE", "CUSTOM_APP"), "protocol",
			List.of("OPENID_CONNECT"), "tokenEndpointAuthMethod",
			List.of("NONE", "CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "CLIENT_SECRET_JWT", "PRIVATE_KEY_JWT"),
			"grantTypes",
			List.of("AUTHORIZATION_CODE", "IMPLICIT", "REFRESH_TOKEN", "CLIENT_CREDENTIALS", "DEVICE_CODE",
					"TOKEN_EXCHANGE", "CIBA"),
			"responseTypes", List.of("CODE", "TOKEN", "ID_TOKEN"), "pkceEnforcement",
			List.of("OPTIONAL", "REQUIRED", "S256_REQUIRED"), "parRequirement", List.of("OPTIONAL", "REQUIRED"));

	private static final Map<String, Object> DEFAULTS = Map.of("hiddenFromAppPortal", false, "assignActorRoles", false,
			"idpSignoff", false, "additionalRefreshTokenReplayProtectionEnabled", true, "pkceEnforcement", "OPTIONAL",
			"parRequirement", "OPTIONAL", "parTimeout", 60, "devicePollingInterval", 5, "deviceTimeout", 600,
			"refreshTokenDuration", 2592000);

	private ApplicationSettings() {
	}

	/**
	 * Reads what a request has, and nothing of what was before.
	 * @throws ApiException {@code INVALID_DATA} if it breaks a rule
	 */
	static Map<String, Object> of(Map<String, @Nullable Object> body) {
		var fields = new Fields(body);
		REQUIRED.forEach(fields::require);
		ALLOWED.forEach(fields::oneOf);
		fields.range("parTimeout", 1, 600);
		fields.range("refreshTokenDuration", 60, Integer.MAX_VALUE);
		fields.range("refreshTokenRollingDuration", 60, Integer.MAX_VALUE);
		fields.range("refreshTokenRollingGracePeriodDuration", 0, 86400);
		if (fields.has("refreshTokenRollingDuration")
				&& fields.number("refreshTokenDuration") > fields.number("refreshTokenRollingDuration")) {
			fields.refuse("CONSTRAINT_VIOLATION", "refreshTokenDuration", "It exceeds the rolling duration");
		}
		boolean codes = fields.texts("grantTypes").contains("AUTHORIZATION_CODE");
		if (fields.texts("responseTypes").contains("CODE") && !codes) {
			fields.refuse("INVALID_VALUE", "responseTypes", "CODE goes with the grant type AUTHORIZATION_CODE");
		}
		if (codes && fields.texts("redirectUris").isEmpty()) {
			fields.refuse("REQUIRED_VALUE", "redirectUris", "A value is required");
		}
		if (!fields.texts("redirectUris").stream().allMatch(ApplicationSettings::isHttpsOrLoopback)) {
			fields.refuse("INVALID_VALUE", "redirectUris", "Only https, or http on localhost, without a fragment");
		}
		if (!fields.texts("postLogoutRedirectUris").stream().allMatch((uri) -> parse(uri) != null)) {
			fields.refuse("INVALID_VALUE", "postLogoutRedirectUris", "Only absolute URIs without a fragment");
		}
		Map<String, Object> settings = new LinkedHashMap<>(DEFAULTS);
		settings.putAll(fields.valid());
		return settings;
	}

	private static boolean isHttpsOrLoopback(String redirectUri) {
		URI uri = parse(redirectUri);
		return uri != null && uri.getHost() != null && ("https".equals(uri.getScheme())
				|| ("http".equals(uri.getScheme()) && List.of("localhost", "127.0.0.1").contains(uri.getHost())));
	}

	private static @Nullable URI parse(String text) {
		try {
			var uri = new URI(text);
			return (uri.isAbsolute() && uri.getFragment() == null) ? uri : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
