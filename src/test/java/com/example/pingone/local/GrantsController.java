package com.example.pingone.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The management API of resources, their scopes and who is granted them.
 */
@RestController
@RequestMapping(Paths.MANAGEMENT)
final class GrantsController {

	private final Applications applications;

	GrantsController(Applications applications) {
		this.applications = applications;
	}

	@GetMapping("/resources")
	Map<String, Object> resources() {
		return Hal.collection("resources", Stream.of(Resource.values()).map(Resource::entity).toList(), "scopes");
	}

	@GetMapping("/resources/{id}/scopes")
	Map<String, Object> scopes(@PathVariable String id) {
		return Hal.collection("scopes", Resource.find(id).orElseThrow(ApiException::notFound).scopes());
	}

	@GetMapping("/applications/{id}/grants")
	Map<String, Object> list(@PathVariable String id) {
		return Hal.collection("grants",
				this.applications.get(id).grants().values().stream().map(Grant::entity).toList());
	}

	@PostMapping("/applications/{id}/grants")
	ResponseEntity<Map<String, Object>> create(@PathVariable String id,
			@RequestBody Map<String, @Nullable Object> body) {
		var grants = this.applications.get(id).grants();
		Grant grant = grant(UUID.randomUUID().toString(), new Fields(body));
		if (grants.putIfAbsent(grant.resource(), grant) != null) {
			throw ApiException.invalidData(List.of(Map.of("code", "UNIQUENESS_VIOLATION", "target", "resource.id",
					"message", "The application has a grant for this resource")));
		}
		return Hal.created(grant.entity());
	}

	@PutMapping("/applications/{id}/grants/{grantId}")
	Map<String, Object> replace(@PathVariable String id, @PathVariable String grantId,
			@RequestBody Map<String, @Nullable Object> body) {
		var grants = this.applications.get(id).grants();
		Grant before = grants.values()
			.stream()
			.filter((grant) -> grant.id().equals(grantId))
			.findAny()
			.orElseThrow(ApiException::notFound);
		var fields = new Fields(body);
		if (!before.resource().id().equals(fields.text("resource", "id"))) {
			fields.refuse("INVALID_VALUE", "resource.id", "The value cannot be changed");
		}
		Grant grant = grant(grantId, fields);
		grants.put(grant.resource(), grant);
		return Hal.entity(grant.entity());
	}

	private static Grant grant(String id, Fields fields) {
		fields.require("resource", Map.class);
		fields.require("scopes", List.class);
		Optional<Resource> resource = Optional.ofNullable(fields.text("resource", "id")).flatMap(Resource::find);
		if (resource.isEmpty()) {
			fields.refuse("INVALID_VALUE", "resource.id", "There is no such resource");
		}
		List<Optional<String>> scopes = fields.ids("scopes")
			.stream()
			.map((scope) -> resource.flatMap((known) -> known.findScope(scope)))
			.toList();
		if (!scopes.stream().allMatch(Optional::isPresent)) {
			fields.refuse("INVALID_VALUE", "scopes", "The resource has no such scope");
		}
		fields.valid();
		return new Grant(id, resource.orElseThrow(), scopes.stream().flatMap(Optional::stream).toList());
	}

}
