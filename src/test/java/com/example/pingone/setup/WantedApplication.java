package com.example.pingone.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The application as PingOne should know it, in the terms of its management API.
 */
final class WantedApplication {

	/** By its name the application is found again. */
	static final String NAME = "pingone-signin";

	private static final String GRACE_PERIOD = "refreshTokenRollingGracePeriodDuration";

	/**
	 * Refresh tokens are good for one use. Two instances may renew the same session at
	 * once, and an answer may get lost on its way: for a minute the used one is taken
	 * again. A thief gains no more than that minute.
	 */
	private static final int GRACE_PERIOD_SECONDS = 60;

	// What PingOne adds to its answers and does not take back.
	private static final List<String> READ_ONLY = List.of("_links", "_embedded", "environment", "id", "createdAt",
			"updatedAt");

	private static final JsonNodeFactory json = JsonNodeFactory.instance;

	private final Map<String, JsonNode> immutable = new LinkedHashMap<>();

	private final Map<String, JsonNode> values = new LinkedHashMap<>();

	private final Map<String, List<String>> lists = new LinkedHashMap<>();

	/**
	 * @param baseUrl where browsers reach the application, without a slash at the end
	 */
	WantedApplication(String baseUrl) {
		this.immutable.put("name", json.stringNode(NAME));
		this.immutable.put("type", json.stringNode("WEB_APP"));
		this.immutable.put("protocol", json.stringNode("OPENID_CONNECT"));
		this.values.put("enabled", json.booleanNode(true));
		this.values.put("tokenEndpointAuthMethod", json.stringNode("CLIENT_SECRET_JWT"));
		this.values.put("pkceEnforcement", json.stringNode("S256_REQUIRED"));
		this.lists.put("grantTypes", List.of("AUTHORIZATION_CODE", "REFRESH_TOKEN"));
		this.lists.put("responseTypes", List.of("CODE"));
		this.lists.put("redirectUris", List.of(baseUrl + "/login/oauth2/code/pingone"));
		this.lists.put("postLogoutRedirectUris", List.of(baseUrl + "/signed-out"));
	}

	/**
	 * The application from nothing.
	 */
	ObjectNode create() {
		ObjectNode application = JsonMapper.shared().createObjectNode();
		this.immutable.forEach(application::set);
		return applyTo(application);
	}

	/**
	 * The application with what is wanted, and with everything else that it has, so that
	 * a PUT, which replaces the whole, loses nothing. Of the lists nothing is removed.
	 * @param actual the application as PingOne returned it
	 */
	ObjectNode correct(JsonNode actual) {
		return applyTo(((ObjectNode) actual).deepCopy().remove(READ_ONLY));
	}

	/**
	 * Where an application differs from what is wanted.
	 * @param actual the application as PingOne returned it
	 * @return one line a field, none if it is as it should be
	 * @throws SetupException if it differs in what cannot be changed
	 */
	List<String> differences(JsonNode actual) {
		this.immutable.forEach((field, wanted) -> {
			if (!wanted.equals(actual.path(field))) {
				throw new SetupException(
						"The application " + NAME + " (" + actual.path("id").asString("") + ") has the " + field + " "
								+ actual.path(field).asString("") + " instead of " + wanted.asString()
								+ ", which PingOne cannot change.",
						"Give that application another name in PingOne's console, and run the command again: a new one is made.");
			}
		});
		ObjectNode corrected = correct(actual);
		List<String> differences = new ArrayList<>();
		corrected.propertyStream()
			.filter((field) -> !field.getValue().equals(actual.path(field.getKey())))
			.forEach((field) -> differences
				.add(field.getKey() + ": " + text(actual.path(field.getKey())) + " -> " + text(field.getValue())));
		return differences;
	}

	private ObjectNode applyTo(ObjectNode application) {
		this.values.forEach(application::set);
		// Another period is somebody's decision.
		if (application.path(GRACE_PERIOD).asInt(0) == 0) {
			application.put(GRACE_PERIOD, GRACE_PERIOD_SECONDS);
		}
		this.lists.forEach((field, wanted) -> application.set(field, union(application.path(field), wanted)));
		return application;
	}

	private static ArrayNode union(JsonNode actual, List<String> wanted) {
		ArrayNode union = json.arrayNode();
		union.addAll(actual.values());
		wanted.stream().map(json::stringNode).filter((value) -> !actual.values().contains(value)).forEach(union::add);
		return union;
	}

	private static String text(JsonNode value) {
		if (value.isMissingNode()) {
			return "unset";
		}
		return value.isArray() ? value.valueStream().map(JsonNode::asString).toList().toString() : value.asString();
	}

}
