package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Things of one kind, as the management API shows them, in the order of their creation.
 */
final class Entities {

	private final Map<String, Map<String, Object>> byId = new LinkedHashMap<>();

	Map<String, Object> add(Map<String, Object> values) {
		return put(UUID.randomUUID().toString(), values);
	}

	synchronized Map<String, Object> put(String id, Map<String, Object> values) {
		Map<String, Object> entity = new LinkedHashMap<>(Map.of("id", id));
		entity.putAll(values);
		this.byId.put(id, entity);
		return entity;
	}

	synchronized List<Map<String, Object>> all() {
		return List.copyOf(this.byId.values());
	}

	boolean has(String name, Object value) {
		return all().stream().anyMatch((entity) -> value.equals(entity.get(name)));
	}

}
