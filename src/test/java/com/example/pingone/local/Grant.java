package com.example.pingone.local;

import java.util.List;
import java.util.Map;

/**
 * The scopes of one resource that an application may ask for.
 *
 * @param scopes their names
 */
record Grant(String id, Resource resource, List<String> scopes) {

	Map<String, Object> entity() {
		return Map.of("id", this.id, "resource", Map.of("id", this.resource.id()), "scopes",
				this.scopes.stream().map((name) -> Map.of("id", this.resource.scopeId(name))).toList());
	}

}
