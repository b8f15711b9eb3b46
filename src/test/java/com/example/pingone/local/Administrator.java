package com.example.pingone.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls the management API as the worker application.
 */
final class Administrator {

	static final String REDIRECT_URI = "https://app.example.com/callback";

	private final HttpClient http = HttpClient.newHttpClient();

	private final LocalProvider provider;

	private String token = "";

	Administrator(LocalProvider provider) {
		this.provider = provider;
	}

	/** Signed in already. */
	static Administrator of(LocalProvider provider) {
		var administrator = new Administrator(provider);
		administrator.signIn();
		return administrator;
	}

	void signIn() {
		var response = requestToken(LocalProvider.WORKER_CLIENT_ID, LocalProvider.WORKER_CLIENT_SECRET);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		this.token = text(Browser.json(response), "access_token");
	}

	HttpResponse<String> requestToken(String clientId, String secret) {
		return new Browser().post(this.provider.issuer() + "/token", Map.of("grant_type", "client_credentials"),
				"Authorization", basic(clientId, secret));
	}

	static String basic(String clientId, String secret) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

	void useToken(String token) {
		this.token = token;
	}

	HttpResponse<String> get(String path) {
		return call("GET", path, "application/json", null);
	}

	HttpResponse<String> post(String path, Map<String, Object> body) {
		return call("POST", path, "application/json", JSONObjectUtils.toJSONString(body));
	}

	HttpResponse<String> put(String path, Map<String, Object> body) {
		return call("PUT", path, "application/json", JSONObjectUtils.toJSONString(body));
	}

	HttpResponse<String> importUser(Map<String, Object> body) {
		return call("POST", "/users", "application/vnd.pingidentity.user.import+json",
				JSONObjectUtils.toJSONString(body));
	}

	/** Creates what must be created. */
	Map<String, Object> create(String path, Map<String, Object> body) {
		var response = post(path, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		return Browser.json(response);
	}

	HttpResponse<String> call(String method, String path, String contentType, @Nullable String body) {
		String uri = path.startsWith("http") ? path
				: "http://localhost:" + this.provider.port() + Paths.MANAGEMENT + path;
		var request = HttpRequest.newBuilder(URI.create(uri))
			.header("Content-Type", contentType)
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		if (!this.token.isEmpty()) {
			request.header("Authorization", "Bearer " + this.token);
		}
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The fields that are required, and those that a sign-in needs. */
	static Map<String, Object> application() {
		return new LinkedHashMap<>(Map.of("name", "Another application", "enabled", true, "type", "WEB_APP", "protocol",
				"OPENID_CONNECT", "tokenEndpointAuthMethod", "CLIENT_SECRET_JWT", "grantTypes",
				List.of("AUTHORIZATION_CODE", "REFRESH_TOKEN"), "responseTypes", List.of("CODE"), "redirectUris",
				List.of(REDIRECT_URI)));
	}

	/** An application that may ask for openid, profile and email. */
	String createSigninApplication(Map<String, Object> changes) {
		Map<String, Object> body = application();
		body.putAll(changes);
		String id = text(create("/applications", body), "id");
		grant(id, "openid", "profile", "email");
		return id;
	}

	Map<String, Object> grant(String applicationId, String... scopes) {
		return create("/applications/" + applicationId + "/grants", grantOf(scopes));
	}

	Map<String, Object> grantOf(String... scopes) {
		return Map.of("resource", Map.of("id", resourceId()), "scopes",
				List.of(scopes).stream().map((scope) -> Map.of("id", scopeId(scope))).toList());
	}

	String resourceId() {
		return text(find("/resources", "type", "OPENID_CONNECT"), "id");
	}

	String scopeId(String name) {
		return text(find("/resources/" + resourceId() + "/scopes", "name", name), "id");
	}

	String secret(String applicationId) {
		return text(Browser.json(get("/applications/" + applicationId + "/secret")), "secret");
	}

	Map<String, Object> find(String collection, String name, String value) {
		return items(get(collection)).stream().filter((item) -> value.equals(item.get(name))).findAny().orElseThrow();
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> items(HttpResponse<String> response) {
		Map<String, Object> embedded = object(Browser.json(response), "_embedded");
		return (List<Map<String, Object>>) embedded.values().iterator().next();
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> object(Map<String, Object> json, String name) {
		return (Map<String, Object>) Objects.requireNonNull(json.get(name), name);
	}

	static String text(Map<String, Object> json, String name) {
		return (String) Objects.requireNonNull(json.get(name), name);
	}

}
