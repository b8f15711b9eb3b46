package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.example.pingone.local.Administrator.items;
import static com.example.pingone.local.Administrator.object;
import static com.example.pingone.local.Administrator.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What the management API answers. What comes of it at the provider:
 * {@link ManagedSignOnTests}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementTests {

	private final LocalProvider provider = LocalProvider.start(0);

	private final Administrator administrator = Administrator.of(this.provider);

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@Test
	void workerWhenBasicThenTokenForAnHour() {
		var response = this.administrator.requestToken(LocalProvider.WORKER_CLIENT_ID,
				LocalProvider.WORKER_CLIENT_SECRET);
		assertThat(response.statusCode()).isEqualTo(200);
		Map<String, Object> token = Browser.json(response);
		assertThat(token).containsOnlyKeys("access_token", "token_type", "expires_in")
			.containsEntry("token_type", "Bearer");
		assertThat((Long) token.get("expires_in")).isBetween(3590L, 3600L);
	}

	@ParameterizedTest
	@CsvSource({ LocalProvider.WORKER_CLIENT_ID + ", wrong", "unknown, " + LocalProvider.WORKER_CLIENT_SECRET,
			LocalProvider.CLIENT_ID + ", " + LocalProvider.CLIENT_SECRET })
	void workerWhenWrongCredentialsThenInvalidClient(String clientId, String secret) {
		var response = this.administrator.requestToken(clientId, secret);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Browser.json(response)).containsEntry("error", "invalid_client");
		assertThat(text(Browser.json(response), "error_description"))
			.endsWith("(Correlation ID: " + response.headers().firstValue("Correlation-Id").orElseThrow() + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage" })
	void requestWhenNoGoodTokenThenInvalidToken(String token) {
		var stranger = new Administrator(this.provider);
		stranger.useToken(token);
		assertError(stranger.get("/applications"), 401, "ACCESS_FAILED", "INVALID_TOKEN");
	}

	@Test
	void requestWhenTokenIsAPersonsThenInsufficientPermissions() {
		var person = new Administrator(this.provider);
		person.useToken(text(SigninClient.of(this.provider).tokens("alice", "alice-password"), "access_token"));
		assertError(person.get("/applications"), 403, "ACCESS_FAILED", "INSUFFICIENT_PERMISSIONS");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /nothing, 404", "GET, /applications/unknown, 404", "PUT, /applications/unknown, 404",
			"GET, /applications/unknown/secret, 404", "POST, /applications/unknown/secret, 404",
			"GET, /applications/unknown/grants, 404", "POST, /applications/unknown/grants, 404",
			"GET, /applications/unknown/signOnPolicyAssignments, 404",
			"POST, /applications/unknown/signOnPolicyAssignments, 404", "GET, /resources/unknown/scopes, 404",
			"PUT, /applications/" + LocalProvider.CLIENT_ID + "/grants/unknown, 404", "POST, /resources, 405",
			"DELETE, /applications/" + LocalProvider.CLIENT_ID + ", 405", "PUT, /users, 405" })
	void requestWhenNotServedThenError(String method, String path, int status) {
		var response = this.administrator.call(method, path, "application/json", "{}");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(Browser.json(response)).containsOnlyKeys("id", "code", "message", "details");
	}

	@Test
	void requestWhenOtherEnvironmentThenNotFound() {
		String path = "http://localhost:" + this.provider.port() + "/v1/environments/other/applications";
		assertThat(this.administrator.get(path).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "application/json, '{', 400", "application/json, '', 400", "application/json, '[]', 400",
			"text/plain, '{}', 415" })
	void requestWhenBodyIsUnreadableThenInvalidRequest(String contentType, String body, int status) {
		assertError(this.administrator.call("POST", "/applications", contentType, body), status, "INVALID_REQUEST");
	}

	@Test
	void applicationWhenCreatedThenLocationDefaultsAndNoSecret() {
		var response = this.administrator.post("/applications", Administrator.application());
		assertThat(response.statusCode()).isEqualTo(201);
		var created = Browser.json(response);
		assertThat(created).containsAllEntriesOf(Administrator.application())
			.contains(entry("environment", Map.of("id", Paths.ENVIRONMENT_ID)), entry("hiddenFromAppPortal", false),
					entry("assignActorRoles", false), entry("idpSignoff", false),
					entry("additionalRefreshTokenReplayProtectionEnabled", true), entry("pkceEnforcement", "OPTIONAL"),
					entry("parRequirement", "OPTIONAL"), entry("parTimeout", 60L), entry("devicePollingInterval", 5L),
					entry("deviceTimeout", 600L))
			.containsKeys("createdAt", "updatedAt")
			.doesNotContainKey("secret");
		String location = response.headers().firstValue("Location").orElseThrow();
		assertThat(location).endsWith("/applications/" + created.get("id"));
		assertThat(object(created, "_links")).containsEntry("self", Map.of("href", location))
			.containsEntry("secret", Map.of("href", location + "/secret"))
			.containsEntry("grants", Map.of("href", location + "/grants"));
		assertThat(Browser.json(this.administrator.get(location))).isEqualTo(created);
		assertThat(items(this.administrator.get("/applications"))).contains(created);
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "name", "protocol", "type", "tokenEndpointAuthMethod", "grantTypes" })
	void applicationWhenFieldIsMissingThenRequiredValue(String field) {
		Map<String, Object> body = Administrator.application();
		body.remove(field);
		body.put("responseTypes", List.of());
		body.put(field + "Other", "x");
		assertInvalid(this.administrator.post("/applications", body), "REQUIRED_VALUE", field);
	}

	@ParameterizedTest
	@CsvSource({ "type, web_app, INVALID_VALUE", "protocol, SAML, INVALID_VALUE",
			"tokenEndpointAuthMethod, client_secret_jwt, INVALID_VALUE", "pkceEnforcement, S256, INVALID_VALUE",
			"parRequirement, x, INVALID_VALUE", "enabled, true, INVALID_VALUE",
			"grantTypes, AUTHORIZATION_CODE, INVALID_VALUE", "name, ' ', EMPTY_VALUE" })
	void applicationWhenValueIsWrongThenInvalidData(String field, String value, String code) {
		Map<String, Object> body = Administrator.application();
		body.put(field, value);
		assertInvalid(this.administrator.post("/applications", body), code, field);
	}

	@ParameterizedTest
	@CsvSource({ "parTimeout, 0", "parTimeout, 601", "refreshTokenDuration, 59",
			"refreshTokenRollingDuration, 2147483648", "refreshTokenRollingGracePeriodDuration, 86401" })
	void applicationWhenNumberIsOutOfRangeThenInvalidData(String field, long value) {
		Map<String, Object> body = Administrator.application();
		body.put(field, value);
		assertInvalid(this.administrator.post("/applications", body), "OUT_OF_RANGE", field);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://app.example.com/callback", "https://app.example.com/callback#x", "/callback",
			"not a uri", "app:/callback" })
	void applicationWhenRedirectUriIsNotAllowedThenInvalidData(String redirectUri) {
		Map<String, Object> body = Administrator.application();
		body.put("redirectUris", List.of(redirectUri));
		assertInvalid(this.administrator.post("/applications", body), "INVALID_VALUE", "redirectUris");
	}

	@Test
	void applicationWhenFieldsContradictThenInvalidData() {
		Map<String, Object> body = Administrator.application();
		body.put("grantTypes", List.of("CLIENT_CREDENTIALS"));
		assertInvalid(this.administrator.post("/applications", body), "INVALID_VALUE", "responseTypes");

		body = Administrator.application();
		body.remove("redirectUris");
		assertInvalid(this.administrator.post("/applications", body), "REQUIRED_VALUE", "redirectUris");

		body = Administrator.application();
		body.putAll(Map.of("refreshTokenDuration", 1000, "refreshTokenRollingDuration", 999));
		assertInvalid(this.administrator.post("/applications", body), "CONSTRAINT_VIOLATION", "refreshTokenDuration");
	}

	@Test
	void applicationWhenSeveralFaultsThenAllAreNamed() {
		var details = details(this.administrator.post("/applications", Map.of("type", "OTHER")));
		assertThat(details).extracting("target").contains("name", "enabled", "protocol", "type");
		assertThat(details).filteredOn("target", "type").extracting("innerError").asString().contains("WEB_APP");
	}

	@Test
	void applicationWhenReplacedThenWhatIsLeftOutFallsBack() {
		Map<String, Object> body = Administrator.application();
		body.putAll(Map.of("pkceEnforcement", "S256_REQUIRED", "description", "to be lost", "postLogoutRedirectUris",
				List.of("https://app.example.com/")));
		var created = this.administrator.create("/applications", body);
		String path = "/applications/" + created.get("id");

		Map<String, Object> change = Administrator.application();
		change.put("name", "Renamed");
		// Read-only fields change nothing.
		change.putAll(Map.of("id", "other", "createdAt", "never"));
		var replaced = Browser.json(this.administrator.put(path, change));
		assertThat(replaced).containsEntry("name", "Renamed")
			.containsEntry("pkceEnforcement", "OPTIONAL")
			.containsEntry("id", created.get("id"))
			.containsEntry("createdAt", created.get("createdAt"))
			.doesNotContainKeys("description", "postLogoutRedirectUris");
		assertThat(Browser.json(this.administrator.get(path))).isEqualTo(replaced);

		assertInvalid(this.administrator.put(path, Map.of("name", "Renamed")), "REQUIRED_VALUE", "enabled");
		change.put("type", "NATIVE_APP");
		assertInvalid(this.administrator.put(path, change), "INVALID_VALUE", "type");
	}

	@Test
	void applicationWhenPatchedThenForbiddenWithMisleadingMessage() {
		var response = this.administrator.call("PATCH", "/applications/" + LocalProvider.CLIENT_ID, "application/json",
				"{}");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(text(Browser.json(response), "message")).contains("Authorization header");
	}

	@Test
	void collectionWhenLimitedThenFollowingNextFindsEachOnce() {
		try (var own = LocalProvider.start(0)) {
			var paging = Administrator.of(own);
			for (int i = 0; i < 3; i++) {
				paging.create("/applications", Administrator.application());
			}
			List<Object> ids = new ArrayList<>();
			List<Long> sizes = new ArrayList<>();
			String next = "/applications?limit=2";
			while (!next.isEmpty()) {
				var page = paging.get(next);
				items(page).forEach((item) -> ids.add(item.get("id")));
				sizes.add((Long) Browser.json(page).get("size"));
				assertThat(Browser.json(page)).containsEntry("count", 5L);
				var links = object(Browser.json(page), "_links");
				next = links.containsKey("next") ? text(object(links, "next"), "href") : "";
			}
			assertThat(sizes).containsExactly(2L, 2L, 1L);
			assertThat(ids).doesNotHaveDuplicates().hasSize(5);
			assertThat(items(paging.get("/applications"))).hasSize(5);
		}
	}

	@Test
	void collectionWhenNoLimitThenHundredOnAPage() {
		try (var own = LocalProvider.start(0)) {
			var paging = Administrator.of(own);
			for (int i = 0; i < 101; i++) {
				paging.create("/populations", Map.of("name", "Population " + i));
			}
			assertThat(items(paging.get("/populations"))).hasSize(100);
			assertThat(items(paging.get("/populations?limit=1000"))).hasSize(100);
		}
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=x, limit", "cursor=x, cursor", "cursor=, cursor" })
	void collectionWhenParameterIsWrongThenInvalidParameter(String query, String parameter) {
		assertInvalid(this.administrator.get("/applications?" + query), "INVALID_PARAMETER", parameter);
	}

	@Test
	void secretWhenReadThenLongEnoughForEachAlgorithm() {
		String id = text(this.administrator.create("/applications", Administrator.application()), "id");
		assertThat(this.administrator.secret(id)).hasSizeGreaterThanOrEqualTo(64)
			.matches("[A-Za-z0-9._~-]+")
			.isEqualTo(this.administrator.secret(id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void secretWhenItIsTheWorkersOwnThenInsufficientPermissions(String method) {
		assertError(this.administrator.call(method, "/applications/" + LocalProvider.WORKER_CLIENT_ID + "/secret",
				"application/json", "{}"), 403, "ACCESS_FAILED", "INSUFFICIENT_PERMISSIONS");
	}

	@Test
	void resourcesWhenReadThenOpenIdWithItsScopesAndPingOne() {
		assertThat(items(this.administrator.get("/resources"))).extracting("type")
			.containsExactlyInAnyOrder("OPENID_CONNECT", "PINGONE_API");
		var scopes = items(this.administrator.get("/resources/" + this.administrator.resourceId() + "/scopes"));
		assertThat(scopes).extracting("name").contains("openid", "profile", "email");
	}

	@Test
	void grantWhenSecondForTheResourceThenRefusedAndReplaceable() {
		String id = text(this.administrator.create("/applications", Administrator.application()), "id");
		String grants = "/applications/" + id + "/grants";
		assertThat(items(this.administrator.get(grants))).isEmpty();
		var grant = this.administrator.grant(id, "profile");
		assertThat(items(this.administrator.get(grants))).extracting("id").containsExactly(grant.get("id"));
		assertInvalid(this.administrator.post(grants, this.administrator.grantOf("email")), "UNIQUENESS_VIOLATION",
				"resource.id");

		var replaced = this.administrator.put(grants + "/" + grant.get("id"), this.administrator.grantOf("email"));
		assertThat(replaced.statusCode()).isEqualTo(200);
		assertThat(items(this.administrator.get(grants))).singleElement()
			.satisfies((only) -> assertThat(only).containsEntry("id", grant.get("id"))
				.containsEntry("scopes", List.of(Map.of("id", this.administrator.scopeId("email")))));
	}

	@Test
	void grantWhenResourceOrScopeIsUnknownThenInvalidData() {
		String grants = "/applications/" + LocalProvider.CLIENT_ID + "/grants";
		Map<String, Object> body = new LinkedHashMap<>(this.administrator.grantOf("email"));
		body.put("scopes", List.of(Map.of("id", "unknown")));
		assertInvalid(this.administrator.post(grants, body), "INVALID_VALUE", "scopes");
		body.put("resource", Map.of("id", "unknown"));
		assertInvalid(this.administrator.post(grants, body), "INVALID_VALUE", "resource.id");
		assertInvalid(this.administrator.post(grants, Map.of()), "REQUIRED_VALUE", "resource");
	}

	@Test
	void populationWhenNameIsTakenThenUniquenessViolation() {
		var response = this.administrator.post("/populations", Map.of("name", "Customers", "description", "All"));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Location")).isPresent();
		assertThat(Browser.json(response)).containsEntry("userCount", 0L).containsEntry("default", false);
		assertThat(items(this.administrator.get("/populations"))).extracting("name").contains("Default", "Customers");
		assertInvalid(this.administrator.post("/populations", Map.of("name", "Customers")), "UNIQUENESS_VIOLATION",
				"name");
		assertInvalid(this.administrator.post("/populations", Map.of()), "REQUIRED_VALUE", "name");
	}

	@Test
	void userWhenCreatedThenFoundByNameAndCounted() {
		String population = text(this.administrator.create("/populations", Map.of("name", "Of carol")), "id");
		var created = this.administrator.create("/users",
				Map.of("username", "carol", "email", "carol@example.com", "population", Map.of("id", population)));
		var found = this.administrator.get("/users?filter=username%20eq%20%22carol%22");
		assertThat(items(found)).containsExactly(created);
		assertThat(object(Browser.json(found), "_links")).containsEntry("self", Map.of("href", found.uri().toString()));
		assertThat(items(this.administrator.get("/users?filter=username%20eq%20%22nobody%22"))).isEmpty();
		assertThat(items(this.administrator.get("/users"))).extracting("username").contains("alice", "bob", "carol");
		assertThat(this.administrator.find("/populations", "name", "Of carol")).containsEntry("userCount", 1L);
	}

	@Test
	void usersWhenFilterIsUnknownThenInvalidFilter() {
		assertInvalid(this.administrator.get("/users?filter=email%20sw%20%22a%22"), "INVALID_FILTER", "filter");
	}

	@Test
	void userWhenWrongThenInvalidData() {
		assertInvalid(this.administrator.post("/users", Map.of("username", "Alice")), "UNIQUENESS_VIOLATION",
				"username");
		assertInvalid(this.administrator.post("/users", Map.of()), "REQUIRED_VALUE", "username");
		assertInvalid(
				this.administrator.post("/users", Map.of("username", "dora", "population", Map.of("id", "unknown"))),
				"INVALID_VALUE", "population.id");
		assertInvalid(this.administrator.importUser(Map.of("username", "dora")), "REQUIRED_VALUE", "password.value");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sh0rt.x", "no-upper-case-1", "NO-LOWER-CASE-1", "No-digit-here", "NoSpecialChar1",
			"Three-aaa-1", "Aa1.Aa1." })
	void userWhenPasswordBreaksThePolicyThenInvalidDataWithoutThePassword(String password) {
		var response = this.administrator.importUser(Map.of("username", "erin", "password", Map.of("value", password)));
		assertInvalid(response, "INVALID_VALUE", "password.value");
		assertThat(response.body()).doesNotContain(password);
	}

	@Test
	void signOnPolicyWhenAssignedThenListed() {
		assertThat(items(this.administrator.get("/signOnPolicies"))).extracting("name")
			.containsExactly("Single_Factor", "Multi_Factor");
		String policy = text(this.administrator.find("/signOnPolicies", "name", "Single_Factor"), "id");
		String id = text(this.administrator.create("/applications", Administrator.application()), "id");
		String assignments = "/applications/" + id + "/signOnPolicyAssignments";
		assertThat(items(this.administrator.get(assignments))).isEmpty();
		this.administrator.create(assignments, Map.of("priority", 1, "signOnPolicy", Map.of("id", policy)));
		assertThat(items(this.administrator.get(assignments))).singleElement()
			.satisfies((only) -> assertThat(only).containsEntry("signOnPolicy", Map.of("id", policy)));
		assertInvalid(this.administrator.post(assignments, Map.of("priority", 0, "signOnPolicy", Map.of("id", policy))),
				"OUT_OF_RANGE", "priority");
		assertInvalid(
				this.administrator.post(assignments, Map.of("priority", 2, "signOnPolicy", Map.of("id", "unknown"))),
				"INVALID_VALUE", "signOnPolicy.id");
	}

	@Test
	void signOnPolicyWhenNameIsTakenThenUniquenessViolation() {
		try (var own = LocalProvider.start(0)) {
			var creating = Administrator.of(own);
			creating.create("/signOnPolicies", Map.of("name", "Password_Only"));
			assertThat(items(creating.get("/signOnPolicies"))).extracting("name").contains("Password_Only");
			assertInvalid(creating.post("/signOnPolicies", Map.of("name", "Single_Factor")), "UNIQUENESS_VIOLATION",
					"name");
		}
	}

	static void assertInvalid(HttpResponse<String> response, String detail, String target) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(Browser.json(response)).containsOnlyKeys("id", "code", "message", "details")
			.containsEntry("code", "INVALID_DATA");
		assertThat(details(response)).anySatisfy((found) -> assertThat(found).containsEntry("code", detail)
			.containsEntry("target", target)
			.containsKey("message"));
	}

	static void assertError(HttpResponse<String> response, int status, String code, String... details) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(Browser.json(response)).containsOnlyKeys("id", "code", "message", "details")
			.containsEntry("code", code);
		assertThat(details(response)).extracting("code").containsExactly((Object[]) details);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> details(HttpResponse<String> response) {
		return (List<Map<String, Object>>) Browser.json(response).getOrDefault("details", List.of());
	}

}
