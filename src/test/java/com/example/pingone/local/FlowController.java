package com.example.pingone.local;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * PingOne's flow API: signs a person on without the page.
 */
@RestController
final class FlowController {

	private static final String FLOW = Paths.FLOWS + "/{flowId}";

	private static final String CHECK = "application/vnd.pingidentity.usernamePassword.check+json";

	private final Flows flows;

	private final FlowView view;

	private final CredentialsCheck credentialsCheck;

	FlowController(Flows flows, FlowView view, CredentialsCheck credentialsCheck) {
		this.flows = flows;
		this.view = view;
		this.credentialsCheck = credentialsCheck;
	}

	@GetMapping(FLOW)
	Map<String, Object> read(@PathVariable String flowId, HttpServletRequest request) {
		return this.view.of(this.flows.find(request, flowId), request);
	}

	@PostMapping(path = FLOW, consumes = CHECK)
	Map<String, Object> check(@PathVariable String flowId, @RequestBody Credentials credentials,
			HttpServletRequest request, HttpServletResponse response) {
		Flow flow = this.flows.find(request, flowId);
		return this.view.of(this.credentialsCheck.check(flow, required("username", credentials.username()),
				required("password", credentials.password()), request, response), request);
	}

	private static String required(String name, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw ApiException.invalidData(
					List.of(Map.of("code", "REQUIRED_VALUE", "target", name, "message", "A value is required")));
		}
		return value;
	}

	record Credentials(@Nullable String username, @Nullable String password) {

		/**
		 * Without the password: Spring MVC prints what it has read.
		 */
		@Override
		public String toString() {
			return "Credentials[" + this.username + "]";
		}

	}

}
