package com.example.pingone.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a request to the management API: collects what is wrong with them, so
 * that all of it is answered at once.
 */
final class Fields {

	private static final Set<String> READ_ONLY = Set.of("_links", "environment", "id", "createdAt", "updatedAt");

	private final Map<String, Object> values = new LinkedHashMap<>();

	private final List<Map<String, Object>> faults = new ArrayList<>();

	Fields(@Nullable Map<String, @Nullable Object> body) {
		if (body != null) {
			body.forEach((name, value) -> {
				if (value != null && !READ_ONLY.contains(name)) {
					this.values.put(name, value);
				}
			});
		}
	}

	/** What can be read, for conditions on more than one field. */
	List<String> texts(String name) {
		return texts(this.values, name);
	}

	static List<String> texts(Map<String, Object> values, String name) {
		return (values.get(name) instanceof List<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	/** What a list of objects refers to, as in {@code scopes[].id}. */
	List<String> ids(String name) {
		return (this.values.get(name) instanceof List<?> list) ? list.stream()
			.map((item) -> (item instanceof Map<?, ?> map) ? String.valueOf(map.get("id")) : "")
			.toList() : List.of();
	}

	@Nullable String text(String name) {
		return (this.values.get(name) instanceof String text) ? text : null;
	}

	/** The number that a field has, else zero. */
	long number(String name) {
		return (this.values.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	/** The field of an object, as in {@code population.id}. */
	@Nullable String text(String name, String inner) {
		return (this.values.get(name) instanceof Map<?, ?> object && object.get(inner) instanceof String text) ? text
				: null;
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	void require(String name, Class<?> type) {
		if (!has(name)) {
			refuse("REQUIRED_VALUE", name, "A value is required");
		}
		else if (!type.isInstance(this.values.get(name))) {
			refuse("INVALID_VALUE", name, "The value has the wrong type");
		}
		else if (this.values.get(name) instanceof String text && text.isBlank()) {
			refuse("EMPTY_VALUE", name, "The value must not be empty");
		}
	}

	void requireUnique(String name, Entities others) {
		require(name, String.class);
		String value = text(name);
		if (value != null && others.has(name, value)) {
			refuse("UNIQUENESS_VIOLATION", name, "The value is taken");
		}
	}

	/** One value or a list of them. */
	void oneOf(String name, List<String> allowed) {
		Object value = this.values.getOrDefault(name, List.of());
		if (!allowed.containsAll((value instanceof List<?> list) ? list : List.of(value))) {
			refuse("INVALID_VALUE", name, "The value is unknown", Map.of("allowedValues", allowed));
		}
	}

	void range(String name, long minimum, long maximum) {
		if (has(name) && (number(name) < minimum || number(name) > maximum)) {
			refuse("OUT_OF_RANGE", name, "The value is out of range",
					Map.of("rangeMinimumValue", minimum, "rangeMaximumValue", maximum));
		}
	}

	void refuse(String code, String target, String message) {
		this.faults.add(Map.of("code", code, "target", target, "message", message));
	}

	private void refuse(String code, String target, String message, Map<String, Object> innerError) {
		this.faults.add(Map.of("code", code, "target", target, "message", message, "innerError", innerError));
	}

	/**
	 * Gives the fields, without those that only the API writes.
	 * @throws ApiException {@code INVALID_DATA} with all that was wrong
	 */
	Map<String, Object> valid() {
		if (!this.faults.isEmpty()) {
			throw ApiException.invalidData(this.faults);
		}
		return this.values;
	}

}
