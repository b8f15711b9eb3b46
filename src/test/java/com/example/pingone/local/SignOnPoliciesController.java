package com.example.pingone.local;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The management API of sign-on policies. Whichever is assigned, people sign on with a
 * password here.
 */
@RestController
@RequestMapping(Paths.MANAGEMENT)
final class SignOnPoliciesController {

	private final Applications applications;

	private final Entities policies = new Entities();

	SignOnPoliciesController(Applications applications) {
		this.applications = applications;
		this.policies.add(Map.of("name", "Single_Factor", "default", true));
		this.policies.add(Map.of("name", "Multi_Factor", "default", false));
	}

	@GetMapping("/signOnPolicies")
	Map<String, Object> list() {
		return Hal.collection("signOnPolicies", this.policies.all());
	}

	@PostMapping("/signOnPolicies")
	ResponseEntity<Map<String, Object>> create(@RequestBody Map<String, @Nullable Object> body) {
		var fields = new Fields(body);
		fields.requireUnique("name", this.policies);
		return Hal.created(this.policies.add(fields.valid()));
	}

	@GetMapping("/applications/{id}/signOnPolicyAssignments")
	Map<String, Object> assignments(@PathVariable String id) {
		return Hal.collection("signOnPolicyAssignments", this.applications.get(id).signOnPolicyAssignments().all());
	}

	@PostMapping("/applications/{id}/signOnPolicyAssignments")
	ResponseEntity<Map<String, Object>> assign(@PathVariable String id,
			@RequestBody Map<String, @Nullable Object> body) {
		Entities assignments = this.applications.get(id).signOnPolicyAssignments();
		var fields = new Fields(body);
		fields.require("priority", Integer.class);
		fields.range("priority", 1, Integer.MAX_VALUE);
		String policy = fields.text("signOnPolicy", "id");
		if (policy == null || !this.policies.has("id", policy)) {
			fields.refuse("INVALID_VALUE", "signOnPolicy.id", "There is no such sign-on policy");
		}
		return Hal.created(assignments.add(fields.valid()));
	}

}
