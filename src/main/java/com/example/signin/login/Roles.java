package com.example.signin.login;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.StringUtils;

/**
 * Makes authorities of what a claim names as a person's groups or roles:
 * {@code ROLE_Administrators}, which {@code hasRole("Administrators")} asks for.
 */
class Roles {

	private final @Nullable String claim;

	Roles(RolesProperties properties) {
		this.claim = properties.claim();
	}

	/**
	 * @param claims what the provider says of a person
	 * @return one authority for each role that the claim names, as it is spelled there
	 */
	List<? extends GrantedAuthority> in(Map<String, Object> claims) {
		if (!StringUtils.hasText(this.claim)) {
			return List.of();
		}
		Object value = valueOf(this.claim, claims);
		Collection<?> names = (value instanceof Collection<?> several) ? several : List.of(value);
		return names.stream()
			.filter((name) -> name instanceof String text && StringUtils.hasText(text))
			.map((name) -> new SimpleGrantedAuthority("ROLE_" + name))
			.toList();
	}

	/**
	 * A name with dots may be the claim's own, as the URLs that some providers use are.
	 */
	private static Object valueOf(String path, Map<?, ?> claims) {
		Object value = claims.get(path);
		int dot = path.indexOf('.');
		if (value == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
			return valueOf(path.substring(dot + 1), inner);
		}
		return (value != null) ? value : List.of();
	}

}
