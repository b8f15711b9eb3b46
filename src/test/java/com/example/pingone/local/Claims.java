package com.example.pingone.local;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.util.StringUtils;

/**
 * What PingOne says about a person, in tokens and at userinfo.
 */
final class Claims {

	private static final String ORGANIZATION_ID = "9d3a7c12-64f1-4e0b-b7a5-c8e2f1d05b36";

	static final String SINGLE_FACTOR = "Single_Factor";

	private static final long UPDATED_AT = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

	/**
	 * A custom attribute, which the application maps to the names of a person's groups.
	 */
	private static final String GROUPS = "groups";

	private static final Map<String, List<String>> GROUPS_OF = Map.of("alice",
			List.of("Administrators", "Night Shift"));

	private Claims() {
	}

	static void addTo(JwtEncodingContext context) {
		if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
			context.getClaims()
				.claim("env", Paths.ENVIRONMENT_ID)
				.claim("org", ORGANIZATION_ID)
				.claim(OAuth2ParameterNames.CLIENT_ID, context.getRegisteredClient().getClientId());
			return;
		}
		Person person = person(Objects.requireNonNull(context.getPrincipal()));
		context.getClaims().claims((claims) -> {
			claims.put(StandardClaimNames.SUB, person.id());
			claims.put("env", Paths.ENVIRONMENT_ID);
			claims.put("org", ORGANIZATION_ID);
			claims.put(IdTokenClaimNames.ACR, signOnPolicy(acrValues(context)));
			if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
				claims.put("p1.region", "NA1");
				claims.put(IdTokenClaimNames.AMR, List.of("pwd"));
				// The framework's own lifetime is 30 minutes, without a setting.
				Instant issuedAt = (Instant) Objects.requireNonNull(claims.get(IdTokenClaimNames.IAT));
				claims.put(IdTokenClaimNames.EXP, issuedAt.plus(Duration.ofMinutes(60)));
				claims.putAll(byScope(person, context.getAuthorizedScopes()));
			}
			else {
				claims.put(OAuth2ParameterNames.CLIENT_ID, context.getRegisteredClient().getClientId());
			}
		});
	}

	/**
	 * The sign-on policy by which a person signs on: as with PingOne, the first that is
	 * asked for. The policies here all ask for the same.
	 */
	static String signOnPolicy(@Nullable Object acrValues) {
		String[] names = StringUtils.tokenizeToStringArray((String) acrValues, " ");
		return (names.length > 0) ? names[0] : SINGLE_FACTOR;
	}

	private static @Nullable Object acrValues(JwtEncodingContext context) {
		OAuth2Authorization authorization = Objects.requireNonNull(context.getAuthorization());
		OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
		return Objects.requireNonNull(request).getAdditionalParameters().get("acr_values");
	}

	static OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
		Authentication principal = context.getAuthorization().getAttribute(Principal.class.getName());
		Person person = person(Objects.requireNonNull(principal));
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put(StandardClaimNames.SUB, person.id());
		claims.putAll(byScope(person, context.getAccessToken().getScopes()));
		return new OidcUserInfo(claims);
	}

	private static Map<String, Object> byScope(Person person, Set<String> scopes) {
		Map<String, Object> claims = new LinkedHashMap<>();
		if (GROUPS_OF.containsKey(person.getUsername())) {
			claims.put(GROUPS, GROUPS_OF.get(person.getUsername()));
		}
		if (scopes.contains(OidcScopes.PROFILE)) {
			putIfKnown(claims, StandardClaimNames.NAME, person.name());
			putIfKnown(claims, StandardClaimNames.GIVEN_NAME, person.givenName());
			putIfKnown(claims, StandardClaimNames.FAMILY_NAME, person.familyName());
			claims.put(StandardClaimNames.PREFERRED_USERNAME, person.getUsername());
			claims.put(StandardClaimNames.UPDATED_AT, UPDATED_AT);
		}
		if (scopes.contains(OidcScopes.EMAIL)) {
			putIfKnown(claims, StandardClaimNames.EMAIL, person.email());
			claims.put(StandardClaimNames.EMAIL_VERIFIED, person.isEmailVerified());
		}
		return claims;
	}

	private static void putIfKnown(Map<String, Object> claims, String name, @Nullable String value) {
		if (value != null) {
			claims.put(name, value);
		}
	}

	private static Person person(Authentication authentication) {
		return (Person) Objects.requireNonNull(authentication.getPrincipal());
	}

}
