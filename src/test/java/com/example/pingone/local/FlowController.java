package com.example.pingone.local;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
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

	private final SignOn signOn;

	FlowController(Flows flows, FlowView view, SignOn signOn) {
		this.flows = flows;
		this.view = view;
		this.signOn = signOn;
	}

	@GetMapping(FLOW)
	Map<String, Object> read(@PathVariable String flowId, HttpServletRequest request) {
		return this.view.of(this.flows.find(request, flowId), request);
	}

	@PostMapping(path = FLOW, consumes = CHECK)
	Map<String, Object> check(@PathVariable String flowId, @RequestBody Credentials credentials,
			HttpServletRequest request, HttpServletResponse response) {
		Flow flow = this.flows.find(request, flowId);
		return this.view.of(this.signOn.check(flow, required("username", credentials.username()),
				required("password", credentials.password()), request, response), request);
	}

	@PostMapping(FLOW)
	void unknownAction() {
		throw ApiError.invalidRequest(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type names no known action");
	}

	private static String required(String name, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw ApiError.invalidData("REQUIRED_VALUE", "A value is required", Map.of("target", name));
		}
		return value;
	}

	private record Credentials(@Nullable String username, @Nullable String password) {
	}

}
