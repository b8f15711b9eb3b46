package com.example.signin.login;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.util.StringUtils;

/**
 * Whether the UserInfo endpoint is read at a sign-in ({@code signin.userinfo}).
 */
enum UserinfoRule implements Predicate<OidcUserRequest> {

	/** When the ID token lacks what the granted scopes stand for (OIDC Core §5.4). */
	AUTO,

	ALWAYS,

	NEVER;

	private static final Map<String, Set<String>> CLAIMS_OF_SCOPE = Map.of(OidcScopes.PROFILE,
			Set.of("name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
					"picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"),
			OidcScopes.EMAIL, Set.of("email"), OidcScopes.ADDRESS, Set.of("address"), OidcScopes.PHONE,
			Set.of("phone_number"));

	@Override
	public boolean test(OidcUserRequest request) {
		boolean offered = StringUtils
			.hasText(request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri());
		return offered && switch (this) {
			case AUTO -> lacksClaims(request);
			case ALWAYS -> true;
			case NEVER -> false;
		};
	}

	private static boolean lacksClaims(OidcUserRequest request) {
		Set<String> present = request.getIdToken().getClaims().keySet();
		Set<String> granted = request.getAccessToken().getScopes();
		// RFC 6749 §5.1: an answer without scope grants what was asked for.
		return (granted.isEmpty() ? request.getClientRegistration().getScopes() : granted).stream()
			.anyMatch((scope) -> Collections.disjoint(CLAIMS_OF_SCOPE.getOrDefault(scope, present), present));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
