package com.example.signin.login;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

class RolesTests {

	@Test
	void rolesWhenClaimIsATextOrAListThenEachTextIsOne() {
		assertThat(roles("groups", Map.of("groups", "Domain Admins"))).containsExactly("ROLE_Domain Admins");
		assertThat(roles("groups", Map.of("groups", List.of("Domain Admins", "staff"))))
			.containsExactly("ROLE_Domain Admins", "ROLE_staff");
	}

	@Test
	void rolesWhenNameHasDotsThenTheClaimsOwnNameOrThePathToIt() {
		Map<String, Object> claims = Map.of("realm_access", Map.of("roles", List.of("admin")),
				"https://example.com/roles", List.of("auditor"));
		assertThat(roles("realm_access.roles", claims)).containsExactly("ROLE_admin");
		assertThat(roles("https://example.com/roles", claims)).containsExactly("ROLE_auditor");
	}

	@Test
	void rolesWhenClaimNamesNoneThenNone() {
		assertThat(roles("groups", Map.of())).isEmpty();
		assertThat(roles("groups", Map.of("groups", List.of(" ", 7, Map.of())))).isEmpty();
		assertThat(roles("groups.name", Map.of("groups", "admin"))).isEmpty();
		assertThat(roles("groups", Map.of("groups", Map.of("name", "admin")))).isEmpty();
	}

	@Test
	void rolesWhenNoClaimIsConfiguredThenNone() {
		assertThat(roles(null, Map.of("groups", "admin", "roles", "admin"))).isEmpty();
		assertThat(roles("", Map.of("", "admin"))).isEmpty();
	}

	private static List<@Nullable String> roles(@Nullable String claim, Map<String, Object> claims) {
		return new Roles(new RolesProperties(claim)).in(claims).stream().map(GrantedAuthority::getAuthority).toList();
	}

}
