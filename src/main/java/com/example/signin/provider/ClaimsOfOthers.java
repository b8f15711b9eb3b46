package com.example.signin.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Aggregated and distributed claims (OIDC Core §5.6.2): JWTs that others have signed, and
 * addresses with access tokens to fetch such JWTs from. They are passed over: nobody here
 * knows the keys of those others, an address that an answer names is not one to call, and
 * their tokens are not ours to keep or to show.
 */
final class ClaimsOfOthers {

	private static final String NAMES = "_claim_names";

	private static final String SOURCES = "_claim_sources";

	private ClaimsOfOthers() {
	}

	/**
	 * @param claims what the provider says of a person
	 * @return the same, without what refers to others
	 */
	static Map<String, Object> without(Map<String, Object> claims) {
		Map<String, Object> own = new LinkedHashMap<>(claims);
		own.remove(NAMES);
		own.remove(SOURCES);
		return own;
	}

}
