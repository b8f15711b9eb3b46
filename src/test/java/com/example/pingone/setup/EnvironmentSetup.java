package com.example.pingone.setup;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The steps that prepare an environment. Each looks first, changes only what is not as it
 * should be, and says what it found or did.
 */
final class EnvironmentSetup {

	private static final String POPULATION = "pingone-signin";

	private static final String SIGN_ON_POLICY = "Single_Factor";

	private static final List<String> SCOPES = List.of("openid", "profile", "email");

	/**
	 * How long the old secret goes on working. The application takes the new one from its
	 * file at the next sign-in; the hour is for bringing the file to other machines.
	 */
	private static final Duration OVERLAP = Duration.ofHours(1);

	// Creates a person together with the password, so that there is never one without.
	private static final MediaType USER_IMPORT = MediaType
		.parseMediaType("application/vnd.pingidentity.user.import+json");

	private final ManagementApi api;

	private final WorkerToken token;

	private final SetupSettings settings;

	private final Clock clock;

	private final Console console;

	private final boolean dryRun;

	private boolean changed;

	EnvironmentSetup(ManagementApi api, WorkerToken token, SetupSettings settings, Clock clock, Console console,
			boolean dryRun) {
		this.api = api;
		this.token = token;
		this.settings = settings;
		this.clock = clock;
		this.console = console;
		this.dryRun = dryRun;
	}

	/**
	 * Brings everything into the state that a sign-in needs.
	 * @return what the application has to be told
	 */
	Credentials prepare() {
		workerToken();
		String applicationId = application();
		scopes(applicationId);
		String secret = secret(applicationId);
		user(population());
		signOnPolicy(applicationId);
		return new Credentials(applicationId, secret);
	}

	/**
	 * Gives the application a new secret, beside which the old one works on for a while.
	 * @param known the secret that the application uses, if there is one
	 * @return what the application has to be told
	 */
	Credentials rotate(@Nullable String known) {
		workerToken();
		this.console.step("Application");
		String applicationId = id(findApplication()
			.orElseThrow(() -> new SetupException("There is no application named " + WantedApplication.NAME + ".",
					"Run the command without --rotate first: it creates the application.")));
		this.console.say("found " + WantedApplication.NAME + ", client id " + applicationId);
		this.console.step("Client secret");
		String path = secretPath(applicationId);
		JsonNode present = this.api.get(path);
		String secret = present.required("secret").stringValue();
		Instant previousUntil = present.path("previous")
			.path("expiresAt")
			.asStringOpt()
			.map(Instant::parse)
			.orElse(Instant.MIN);
		if (previousUntil.isAfter(this.clock.instant())) {
			// PingOne keeps one previous secret: rotating again would end it at once.
			if (secret.equals(known)) {
				throw new SetupException(
						"The secret was rotated lately: the previous one works until " + previousUntil
								+ ", and rotating again would end it at once.",
						"Wait until then, or delete the previous secret in PingOne's console if nobody uses it any more.");
			}
			this.console.say("was rotated already; the previous one works until " + previousUntil);
			return new Credentials(applicationId, secret);
		}
		Instant until = this.clock.instant().plus(OVERLAP).truncatedTo(ChronoUnit.SECONDS);
		ObjectNode body = object();
		body.putObject("previous").put("expiresAt", until.toString());
		JsonNode rotated = change("rotate it; the old one would work until " + until,
				"rotated; the old one works until " + until, "was rotated by somebody else",
				() -> this.api.post(path, MediaType.APPLICATION_JSON, body, () -> Optional.of(this.api.get(path))
					.filter((now) -> !secret.equals(now.required("secret").stringValue()))));
		return new Credentials(applicationId, (rotated != null) ? rotated.required("secret").stringValue() : null);
	}

	/**
	 * Whether anything was changed, or would have been.
	 */
	boolean changed() {
		return this.changed;
	}

	private void workerToken() {
		this.console.step("Worker token");
		this.token.value();
		this.console.say("received");
	}

	private @Nullable String application() {
		this.console.step("Application");
		var wanted = new WantedApplication(this.settings.applicationUrl());
		Optional<JsonNode> found = findApplication();
		if (found.isEmpty()) {
			JsonNode created = change("create " + WantedApplication.NAME, "created " + WantedApplication.NAME,
					"found " + WantedApplication.NAME, () -> this.api.post("/applications", MediaType.APPLICATION_JSON,
							wanted.create(), this::findApplication));
			String id = (created != null) ? id(created) : null;
			if (id != null) {
				this.console.say("client id " + id);
			}
			return id;
		}
		String id = id(found.get());
		JsonNode actual = this.api.get("/applications/" + id);
		List<String> differences = wanted.differences(actual);
		this.console.say("found " + WantedApplication.NAME + ", client id " + id);
		if (!differences.isEmpty()) {
			differences.forEach((difference) -> this.console.say("  " + difference));
			change("change it", "changed", "found", () -> this.api.put("/applications/" + id, wanted.correct(actual)));
		}
		return id;
	}

	private Optional<JsonNode> findApplication() {
		List<JsonNode> found = this.api.list("/applications?limit=100", "applications")
			.stream()
			.filter((application) -> has(application, "name", WantedApplication.NAME))
			.toList();
		if (found.size() > 1) {
			throw new SetupException(
					"There are " + found.size() + " applications named " + WantedApplication.NAME + ": "
							+ String.join(", ", found.stream().map(EnvironmentSetup::id).toList()) + ".",
					"Rename or delete those that you do not need in PingOne's console, and run the command again.");
		}
		return found.stream().findFirst();
	}

	private void scopes(@Nullable String applicationId) {
		this.console.step("Scopes");
		String resourceId = id(first(this.api.list("/resources?limit=100", "resources"), "type", "OPENID_CONNECT")
			.orElseThrow(() -> new SetupException("The environment has no resource of type OPENID_CONNECT.",
					"Check that the environment includes the PingOne SSO service.")));
		List<JsonNode> scopes = this.api.list("/resources/" + resourceId + "/scopes?limit=100", "scopes");
		Map<String, String> wanted = new LinkedHashMap<>();
		for (String name : SCOPES) {
			Optional<JsonNode> scope = first(scopes, "name", name);
			// PingOne grants openid by itself and need not list it.
			if (scope.isEmpty() && !name.equals("openid")) {
				throw new SetupException("The environment's OpenID Connect resource has no scope " + name + ".",
						"Add it in PingOne's console (Applications > Resources), and run the command again.");
			}
			scope.ifPresent((present) -> wanted.put(name, id(present)));
		}
		String path = "/applications/" + applicationId + "/grants";
		Supplier<Optional<JsonNode>> find = () -> this.api.list(path, "grants")
			.stream()
			.filter((grant) -> has(grant.path("resource"), "id", resourceId))
			.findFirst();
		Optional<JsonNode> grant = (applicationId != null) ? find.get() : Optional.empty();
		List<String> granted = grant.stream()
			.flatMap((present) -> present.path("scopes").valueStream())
			.map(EnvironmentSetup::id)
			.toList();
		List<String> missing = wanted.keySet().stream().filter((name) -> !granted.contains(wanted.get(name))).toList();
		if (missing.isEmpty()) {
			this.console.say("found " + String.join(", ", wanted.keySet()));
			return;
		}
		ObjectNode body = object();
		body.putObject("resource").put("id", resourceId);
		ArrayNode ids = body.putArray("scopes");
		Stream.concat(granted.stream(), missing.stream().map(wanted::get))
			.forEach((id) -> ids.addObject().put("id", id));
		String names = String.join(", ", missing);
		change("grant " + names, "granted " + names, "found a grant of somebody else",
				() -> grant.isPresent() ? this.api.put(path + "/" + id(grant.get()), body)
						: this.api.post(path, MediaType.APPLICATION_JSON, body, find));
	}

	private @Nullable String secret(@Nullable String applicationId) {
		this.console.step("Client secret");
		if (applicationId == null) {
			this.console.say("would be read");
			return null;
		}
		String secret = this.api.get(secretPath(applicationId)).required("secret").stringValue();
		this.console.say("read");
		return secret;
	}

	private @Nullable String population() {
		this.console.step("Population");
		Supplier<Optional<JsonNode>> find = () -> first(this.api.list("/populations?limit=100", "populations"), "name",
				POPULATION);
		Optional<JsonNode> found = find.get();
		if (found.isPresent()) {
			this.console.say("found " + POPULATION);
			return id(found.get());
		}
		ObjectNode body = object().put("name", POPULATION)
			.put("description", "People who sign in to " + WantedApplication.NAME);
		JsonNode created = change("create " + POPULATION, "created " + POPULATION, "found " + POPULATION,
				() -> this.api.post("/populations", MediaType.APPLICATION_JSON, body, find));
		return (created != null) ? id(created) : null;
	}

	private void user(@Nullable String populationId) {
		this.console.step("User");
		String name = this.settings.userName();
		String filter = UriUtils.encode("username eq \"" + name + "\"", StandardCharsets.UTF_8);
		Supplier<Optional<JsonNode>> find = () -> this.api.list("/users?filter=" + filter, "users")
			.stream()
			.findFirst();
		String wasThere = "found " + name + "; the password stays as it is";
		if (find.get().isPresent()) {
			this.console.say(wasThere);
			return;
		}
		String password = Passwords.generate(new SecureRandom());
		String localPart = name.replaceAll("@.*", "");
		ObjectNode body = object().put("username", name)
			.put("email", name.contains("@") ? name : name + "@example.com");
		body.putObject("population").put("id", populationId);
		body.putObject("name").put("given", StringUtils.capitalize(localPart)).put("family", "Example");
		body.putObject("password").put("value", password).put("forceChange", false);
		change("create " + name + " with a generated password",
				"created " + name + " with the password " + password + " (shown only now)", wasThere,
				() -> this.api.post("/users", USER_IMPORT, body, find));
	}

	/**
	 * Assigns a policy only where there is none: another one is somebody's decision.
	 */
	private void signOnPolicy(@Nullable String applicationId) {
		this.console.step("Sign-on policy");
		List<JsonNode> policies = this.api.list("/signOnPolicies?limit=100", "signOnPolicies");
		String path = "/applications/" + applicationId + "/signOnPolicyAssignments";
		List<JsonNode> assignments = (applicationId != null) ? this.api.list(path, "signOnPolicyAssignments")
				: List.of();
		if (!assignments.isEmpty()) {
			List<String> names = assignments.stream().map((assignment) -> policyName(policies, assignment)).toList();
			this.console.say("found " + String.join(", ", names));
			if (!names.equals(List.of(SIGN_ON_POLICY))) {
				this.console.say("left as it is; a sign-on without a browser needs " + SIGN_ON_POLICY + " alone");
			}
			return;
		}
		Optional<JsonNode> policy = first(policies, "name", SIGN_ON_POLICY);
		if (policy.isEmpty()) {
			this.console.say("none assigned, and there is no " + SIGN_ON_POLICY + "; the environment's default counts");
			return;
		}
		ObjectNode body = object().put("priority", 1);
		body.putObject("signOnPolicy").put("id", id(policy.get()));
		change("assign " + SIGN_ON_POLICY, "assigned " + SIGN_ON_POLICY, "found one that somebody else assigned",
				() -> this.api.post(path, MediaType.APPLICATION_JSON, body,
						() -> this.api.list(path, "signOnPolicyAssignments").stream().findFirst()));
	}

	private static String policyName(List<JsonNode> policies, JsonNode assignment) {
		String id = id(assignment.required("signOnPolicy"));
		return first(policies, "id", id).map((policy) -> policy.path("name").asString("")).orElse(id);
	}

	/**
	 * Makes a change and says so, or that somebody else was faster; in a dry run says
	 * that it would.
	 */
	private @Nullable JsonNode change(String would, String did, String wasThere,
			Supplier<ManagementApi.Result> change) {
		this.changed = true;
		if (this.dryRun) {
			this.console.say("would " + would);
			return null;
		}
		ManagementApi.Result result = change.get();
		this.console.say(result.ours() ? did : wasThere);
		return result.object();
	}

	private static String secretPath(String applicationId) {
		return "/applications/" + applicationId + "/secret";
	}

	private static Optional<JsonNode> first(List<JsonNode> nodes, String field, String value) {
		return nodes.stream().filter((node) -> has(node, field, value)).findFirst();
	}

	private static boolean has(JsonNode node, String field, String value) {
		return value.equals(node.path(field).asString(""));
	}

	private static String id(JsonNode node) {
		return node.required("id").stringValue();
	}

	private static ObjectNode object() {
		return JsonMapper.shared().createObjectNode();
	}

	/**
	 * What the application has to be told; in a dry run some of it may not be there yet.
	 */
	record Credentials(@Nullable String clientId, @Nullable String clientSecret) {

		@Override
		public String toString() {
			return "Credentials[clientId=" + this.clientId + "]";
		}

	}

}
