package com.example.pingone.local;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * What an application can be granted: the resources of a new environment, with some of
 * their scopes.
 */
enum Resource {

	OPENID_CONNECT("openid", OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL, OidcScopes.ADDRESS,
			OidcScopes.PHONE),

	PINGONE_API("PingOne API", "p1:read:user", "p1:update:user");

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
	private final List<String> scopes;

	Resource(String title, String... scopes) {
		this.title = title;
		this.scopes = List.of(scopes);
	}

	static Optional<Resource> find(String id) {
		return Stream.of(values()).filter((resource) -> resource.id().equals(id)).findAny();
	}

	String id() {
		return uuid(this.title);
	}

	Map<String, Object> entity() {
		return Map.of("id", id(), "name", this.title, "type", name());
	}

	List<Map<String, Object>> scopes() {
		return this.scopes.stream()
			.<Map<String, Object>>map(
					(name) -> Map.of("id", scopeId(name), "name", name, "resource", Map.of("id", id())))
			.toList();
	}

	String scopeId(String name) {
		return uuid(this.title + " " + name);
	}

	Optional<String> findScope(Object id) {
		return this.scopes.stream().filter((name) -> scopeId(name).equals(id)).findAny();
	}

	/** The same after each start. */
	private static String uuid(String text) {
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
