package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Answers of the management API in the Hypertext Application Language.
 */
final class Hal {

	/** A larger {@code limit} is not honoured, as PingOne documents. */
	private static final int LARGEST_PAGE = 100;

	private Hal() {
	}

	/**
	 * An entity with its links.
	 * @param below names of what is found below the entity
	 */
	static Map<String, Object> entity(Map<String, Object> entity, String... below) {
		String uri = ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString();
		String id = "/" + entity.get("id");
		String self = uri.endsWith(id) ? uri : uri + id;
		Map<String, Object> links = new LinkedHashMap<>(Map.of("self", link(self)));
		for (String name : below) {
			links.put(name, link(self + "/" + name));
		}
		return document(links, entity);
	}

	/**
	 * What belongs to an entity and has no id of its own.
	 */
	static Map<String, Object> document(Map<String, Object> values) {
		return document(Map.of("self", link(ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString())),
				values);
	}

	static ResponseEntity<Map<String, Object>> created(Map<String, Object> entity, String... below) {
		var location = ServletUriComponentsBuilder.fromCurrentRequestUri().path("/{id}").build(entity.get("id"));
		return ResponseEntity.created(location).body(entity(entity, below));
	}

	/**
	 * The page of a collection that the request asks for.
	 */
	static Map<String, Object> collection(String name, List<Map<String, Object>> all, String... below) {
		var uri = ServletUriComponentsBuilder.fromCurrentRequest();
		var parameters = uri.build().getQueryParams();
		int first = first(parameters.getFirst("cursor"), all);
		int last = Math.min(first + limit(parameters.getFirst("limit")), all.size());
		var page = all.subList(first, last).stream().map((entity) -> entity(entity, below)).toList();
		Map<String, Object> links = new LinkedHashMap<>(Map.of("self", link(uri.build(true).toUriString())));
		if (last < all.size()) {
			uri.replaceQueryParam("cursor", String.valueOf(all.get(last).get("id")));
			links.put("next", link(uri.build(true).toUriString()));
		}
		Map<String, Object> collection = new LinkedHashMap<>();
		collection.put("_links", links);
		collection.put("_embedded", Map.of(name, page));
		collection.put("count", all.size());
		collection.put("size", page.size());
		return collection;
	}

	private static Map<String, Object> document(Map<String, Object> links, Map<String, Object> values) {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("_links", links);
		document.put("environment", Map.of("id", Paths.ENVIRONMENT_ID));
		document.putAll(values);
		return document;
	}

	private static Map<String, Object> link(String href) {
		return Map.of("href", href);
	}

	private static int limit(@Nullable String limit) {
		if (limit == null) {
			return LARGEST_PAGE;
		}
		if (!limit.matches("[1-9]\\d{0,8}")) {
			throw invalidParameter("limit");
		}
		return Math.min(Integer.parseInt(limit), LARGEST_PAGE);
	}

	/** A cursor is the id of the first entity on its page. */
	private static int first(@Nullable String cursor, List<Map<String, Object>> all) {
		int first = (cursor != null) ? all.stream().map((entity) -> entity.get("id")).toList().indexOf(cursor) : 0;
		if (first < 0) {
			throw invalidParameter("cursor");
		}
		return first;
	}

	private static ApiException invalidParameter(String name) {
		return ApiException.invalidData(List
			.of(Map.of("code", "INVALID_PARAMETER", "target", name, "message", "The parameter cannot be understood")));
	}

}
