package com.example.pingone.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.example.pingone.DotEnv;
import com.example.pingone.local.LocalProvider;
import com.example.pingone.local.Management;
import com.example.signin.support.Faults;
import com.example.signin.support.Relay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The command against the local provider's management API.
 */
class SetupTests {

	@TempDir
	Path folder;

	private final LocalProvider provider = LocalProvider.start(0);

	private final Relay relay = Relay.to(this.provider);

	private final Management management = this.provider.management();

	private final URI issuer = URI.create(this.relay.issuer("localhost"));

	private final String origin = "http://" + this.issuer.getAuthority();

	private final String environmentId = this.issuer.getPath().substring(1).replace("/as", "");

	private final Map<String, String> environment = new HashMap<>(
			Map.of("PINGONE_API_URL", this.origin + "/v1", "PINGONE_AUTH_URL", this.origin, "PINGONE_ENVIRONMENT_ID",
					this.environmentId, "PINGONE_ADMIN_ENVIRONMENT_ID", this.environmentId, "PINGONE_ADMIN_CLIENT_ID",
					LocalProvider.WORKER_CLIENT_ID, "PINGONE_ADMIN_CLIENT_SECRET", LocalProvider.WORKER_CLIENT_SECRET,
					"PINGONE_USER_NAME", "carol"));

	private final ManagementApi api = api(SetupSettings.from(this.environment));

	private final List<Duration> pauses = new ArrayList<>();

	private Clock clock = Clock.systemUTC();

	private String output = "";

	@AfterEach
	void close() {
		this.relay.close();
		this.provider.close();
	}

	@Test
	void runWhenNothingIsThereThenCreatesAllAndTellsTheApplication() throws IOException {
		assertThat(run()).isZero();
		JsonNode application = application();
		String id = application.path("id").asString();
		assertThat(new WantedApplication("http://localhost:8080").differences(application)).isEmpty();
		assertThat(grantedScopes(id)).containsExactlyInAnyOrder("openid", "profile", "email");
		assertThat(policies(id)).containsExactly("Single_Factor");
		assertThat(populations()).contains("pingone-signin");
		JsonNode user = user("carol");
		assertThat(user.path("email").asString()).isEqualTo("carol@example.com");
		assertThat(user.path("population").path("id").asString()).isEqualTo(population().path("id").asString());
		String secret = secret(id).path("secret").asString();
		Path secretFile = this.folder.resolve("pingone-client.secret").toAbsolutePath();
		assertThat(secretFile).hasContent(secret);
		assertThat(DotEnv.read(this.folder.resolve(".env")).settings())
			.containsExactlyInAnyOrderEntriesOf(Map.of("PINGONE_ISSUER", this.issuer.toString(), "PINGONE_CLIENT_ID",
					id, "PINGONE_CLIENT_SECRET_FILE", secretFile.toString(), "PINGONE_USER_NAME", "carol"));
		assertThat(this.output)
			.containsSubsequence("Worker token", "Application", "created pingone-signin", id, "Scopes",
					"granted openid, profile, email", "Client secret", "read", "Population", "created pingone-signin",
					"User", "created carol with the password", "Sign-on policy", "assigned Single_Factor",
					"Secret file", "wrote " + secretFile, "Settings", "wrote ", "PINGONE_ADMIN_* are not needed",
					"Next: ./mvnw spring-boot:test-run")
			.doesNotContain(secret, LocalProvider.WORKER_CLIENT_SECRET);
		assertThat(this.pauses).isEmpty();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void runThenOnlyTheOwnerMayReadTheFiles() throws IOException {
		run();
		for (String name : List.of("pingone-client.secret", ".env")) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve(name))))
				.isEqualTo("rw-------");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pingone-client.secret", ".env" })
	@DisabledOnOs(OS.WINDOWS)
	void runWhenOthersMayReadAFileThenEndsThat(String name) throws IOException {
		run();
		Path file = this.folder.resolve(name);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		assertThat(run()).isZero();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(this.output).contains("wrote ").doesNotContain("nothing to change");
	}

	@Test
	void runWhenUserIsCreatedThenShowsThePasswordOnce() {
		run();
		String sent = new String(this.relay.requests("/users").get(1).body(), StandardCharsets.UTF_8);
		String password = JsonMapper.shared().readTree(sent).path("password").path("value").asString();
		assertThat(this.output).containsOnlyOnce("created carol with the password " + password + " (shown only now)")
			.containsOnlyOnce(password);
	}

	@Test
	void runWhenRepeatedThenChangesNothingAndSaysSo() throws IOException {
		run();
		String settings = Files.readString(this.folder.resolve(".env"));
		this.management.reset();
		assertThat(run()).isZero();
		assertThat(this.management.requests()).isNotEmpty().allMatch((request) -> request.startsWith("GET "));
		assertThat(this.output).contains("nothing to change", "found pingone-signin", "found openid, profile, email",
				"found carol; the password stays as it is", "found Single_Factor");
		assertThat(this.output).doesNotContain("created", "wrote", "changed");
		assertThat(this.folder.resolve(".env")).hasContent(settings);
	}

	@Test
	void runWhenApplicationDiffersThenShowsAndChangesOnlyThat() {
		run();
		ObjectNode application = application();
		String id = application.path("id").asString();
		application.put("pkceEnforcement", "OPTIONAL").put("description", "Ours").put("refreshTokenDuration", 3600);
		application.put("fieldOfTheFuture", 7);
		application.withArray("redirectUris").removeAll().add("https://app.example.com/callback");
		this.api.put("/applications/" + id, application);
		assertThat(run()).isZero();
		assertThat(this.output).containsSubsequence("found pingone-signin",
				"pkceEnforcement: OPTIONAL -> S256_REQUIRED",
				"redirectUris: [https://app.example.com/callback] -> [https://app.example.com/callback, "
						+ "http://localhost:8080/login/oauth2/code/pingone]",
				"changed");
		JsonNode changed = application();
		assertThat(changed.path("pkceEnforcement").asString()).isEqualTo("S256_REQUIRED");
		assertThat(changed.path("redirectUris")).hasSize(2);
		assertThat(changed.path("description").asString()).isEqualTo("Ours");
		assertThat(changed.path("refreshTokenDuration").asInt()).isEqualTo(3600);
		assertThat(changed.path("fieldOfTheFuture").asInt()).isEqualTo(7);
	}

	@Test
	void runWhenAnotherUrlIsSetThenAddsItsAddresses() {
		run();
		this.environment.put("PINGONE_APPLICATION_URL", "https://app.example.com/");
		assertThat(run()).isZero();
		assertThat(application().path("redirectUris").valueStream().map(JsonNode::asString)).containsExactly(
				"http://localhost:8080/login/oauth2/code/pingone", "https://app.example.com/login/oauth2/code/pingone");
		assertThat(this.folder.resolve(".env")).content().contains("PINGONE_APPLICATION_URL=https://app.example.com\n");
	}

	@Test
	void runWhenScopesLackThenAddsThemToTheGrant() {
		run();
		String id = application().path("id").asString();
		JsonNode grant = this.api.list("/applications/" + id + "/grants", "grants").get(0);
		String resource = grant.path("resource").path("id").asString();
		String address = scopes(resource).entrySet()
			.stream()
			.filter((scope) -> scope.getValue().equals("address"))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
		ObjectNode body = JsonMapper.shared().createObjectNode();
		body.putObject("resource").put("id", resource);
		body.putArray("scopes").addObject().put("id", address);
		this.api.put("/applications/" + id + "/grants/" + grant.path("id").asString(), body);
		assertThat(run()).isZero();
		assertThat(this.output).contains("granted openid, profile, email");
		assertThat(grantedScopes(id)).containsExactlyInAnyOrder("address", "openid", "profile", "email");
	}

	@Test
	void runWhenOpenidIsNotListedThenGrantsTheOthers() {
		String id = createApplication("pingone-signin");
		this.relay.at("/scopes", Faults.json(200, scopesWithout("openid")));
		assertThat(run()).isZero();
		assertThat(grantedScopes(id)).containsExactly("profile", "email");
	}

	@Test
	void runWhenAScopeIsNotListedThenSaysWhich() {
		this.relay.at("/scopes", Faults.json(200, scopesWithout("email")));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("has no scope email");
	}

	@Test
	void runWhenTwoApplicationsHaveTheNameThenRefusesAndNamesBoth() {
		String first = createApplication("pingone-signin");
		createApplication("pingone-signin, the other one");
		String second = createApplication("pingone-signin");
		this.management.reset();
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("There are 2 applications named pingone-signin: " + first + ", " + second);
		assertNothingIsWritten();
	}

	@Test
	void runWhenTheApplicationIsOnAnotherPageThenFindsIt() {
		for (int i = 0; i < 100; i++) {
			createApplication("another " + i);
		}
		String id = createApplication("pingone-signin");
		assertThat(run()).isZero();
		assertThat(this.output).contains("found pingone-signin, client id " + id);
	}

	@Test
	void runWhenPersonExistsThenLeavesThePasswordAlone() {
		this.environment.put("PINGONE_USER_NAME", "alice");
		assertThat(run()).isZero();
		assertThat(this.output).contains("found alice; the password stays as it is").doesNotContain("password alice");
		assertThat(this.management.requests()).noneMatch((request) -> request.startsWith("POST /users"));
	}

	@Test
	void runWhenAnotherPolicyIsAssignedThenLeavesIt() {
		String id = createApplication("pingone-signin");
		ObjectNode body = JsonMapper.shared().createObjectNode().put("priority", 1);
		body.putObject("signOnPolicy").put("id", policyId("Multi_Factor"));
		create("/applications/" + id + "/signOnPolicyAssignments", body);
		assertThat(run()).isZero();
		assertThat(this.output).contains("found Multi_Factor", "needs Single_Factor alone");
		assertThat(policies(id)).containsExactly("Multi_Factor");
	}

	@Test
	void runWhenDryThenOnlyReads() {
		assertThat(run("--dry-run")).isZero();
		assertThat(this.output).contains("dry run", "would create pingone-signin", "would grant openid, profile, email",
				"would be read", "would create carol", "would assign Single_Factor", "would write");
		assertThat(this.output).doesNotContain("created", "wrote", "with the password", "PINGONE_ADMIN_*");
		assertNothingIsWritten();
	}

	@Test
	void runWhenDryAndApplicationDiffersThenShowsAndLeavesIt() {
		createApplication("pingone-signin");
		this.management.reset();
		assertThat(run("--dry-run")).isZero();
		assertThat(this.output).contains("pkceEnforcement: OPTIONAL -> S256_REQUIRED", "would change it");
		assertNothingIsWritten();
	}

	@Test
	void runWhenRotatingThenTheOldSecretWorksForAnHour() throws IOException {
		run();
		String id = application().path("id").asString();
		String old = secret(id).path("secret").asString();
		assertThat(run("--rotate")).isZero();
		JsonNode present = secret(id);
		assertThat(present.path("secret").asString()).isNotEqualTo(old);
		assertThat(present.path("previous").path("secret").asString()).isEqualTo(old);
		assertThat(Instant.parse(present.path("previous").path("expiresAt").asString()))
			.isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(Duration.ofMinutes(1)));
		assertThat(this.folder.resolve("pingone-client.secret")).hasContent(present.path("secret").asString());
		assertThat(this.output).contains("rotated; the old one works until", "it needs no restart")
			.doesNotContain(old, present.path("secret").asString());
	}

	@Test
	void runWhenRotatingAgainWithinTheOverlapThenRefuses() {
		run();
		run("--rotate");
		this.management.reset();
		assertThat(run("--rotate")).isEqualTo(1);
		assertThat(this.output).contains("rotated lately", "would end it at once");
		assertNothingIsPosted();
		this.clock = Clock.offset(this.clock, Duration.ofHours(2));
		assertThat(run("--rotate")).isZero();
	}

	@Test
	void runWhenRotatedButNotWrittenThenWritesWithoutRotatingAgain() throws IOException {
		run();
		String old = Files.readString(this.folder.resolve("pingone-client.secret"));
		run("--rotate");
		Files.writeString(this.folder.resolve("pingone-client.secret"), old);
		this.management.reset();
		assertThat(run("--rotate")).isZero();
		assertThat(this.output).contains("was rotated already", "wrote ");
		assertThat(this.folder.resolve("pingone-client.secret"))
			.hasContent(secret(application().path("id").asString()).path("secret").asString());
		assertNothingIsPosted();
	}

	@Test
	void runWhenAnswerToTheRotationIsLostThenDoesNotRotateTwice() {
		run();
		String id = application().path("id").asString();
		String old = secret(id).path("secret").asString();
		loseAnswersToPosts("/secret", 1);
		assertThat(run("--rotate")).isZero();
		assertThat(secret(id).path("previous").path("secret").asString()).isEqualTo(old);
		assertThat(this.folder.resolve("pingone-client.secret")).hasContent(secret(id).path("secret").asString());
	}

	@Test
	void runWhenRotatingDryThenOnlyReads() {
		run();
		this.management.reset();
		assertThat(run("--rotate", "--dry-run")).isZero();
		assertThat(this.output).contains("would rotate it", "would write");
		assertNothingIsPosted();
	}

	@Test
	void runWhenRotatingAndThereIsNoApplicationThenSaysSo() {
		assertThat(run("--rotate")).isEqualTo(1);
		assertThat(this.output).contains("no application named pingone-signin", "without --rotate first");
		assertNothingIsWritten();
	}

	@Test
	void runWhenTooManyRequestsThenWaitsAsLongAsTold() {
		this.management.failNext(1, "POST /applications", 429, "7");
		this.management.failNext(2, "GET /users", 429);
		assertThat(run()).isZero();
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1), Duration.ofSeconds(2));
		assertThat(this.output).contains("waiting 7 s, since the answer was 429");
	}

	@Test
	void runWhenToldToWaitTooLongThenEnds() {
		this.management.failNext(1, "GET /applications", 429, "3600");
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).isEmpty();
		assertThat(this.output).contains("Application", "failed", "429 REQUEST_LIMITED",
				"The request limit is exceeded. (LIMIT_EXCEEDED)", "again in 3600 s");
	}

	@ParameterizedTest
	@CsvSource({ "'Fri, 01 Jan 2027 00:00:09 GMT', 9", "'Thu, 31 Dec 2026 23:00:00 GMT', 0", "soon, 1" })
	void runWhenToldTheTimeToComeAgainThenWaitsUntilThen(String retryAfter, long seconds) {
		this.clock = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);
		this.management.failNext(1, "GET /applications", 503, retryAfter);
		assertThat(run()).isZero();
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "99999999999999999999999", "Fri, 01 Jan 2100 00:00:00 GMT" })
	void runWhenToldToWaitForAgesThenEnds(String retryAfter) {
		this.management.failNext(1, "GET /applications", 503, retryAfter);
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).isEmpty();
		assertThat(this.output).contains("with 503", "Run the command again later");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void runWhenServerFailsForAMomentThenGoesOn(int status) {
		this.management.failNext(2, "GET", status);
		this.management.failNext(1, "PUT", status);
		createApplication("pingone-signin");
		assertThat(run()).isZero();
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));
	}

	@Test
	void runWhenServerGoesOnFailingThenEnds() {
		this.management.failNext(100, "GET /populations", 500);
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).hasSize(5);
		assertThat(this.output).contains("Population", "failed", "500 UNEXPECTED_ERROR", "PingOne's reference: ",
				"The fault is PingOne's");
	}

	@Test
	void runWhenPostFailsThenLooksBeforeItPostsAgain() {
		this.management.failNext(1, "POST /populations", 500);
		assertThat(run()).isZero();
		assertThat(this.management.requests()).containsSubsequence("POST /populations", "GET /populations",
				"POST /populations");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/applications", "/populations", "/users", "/grants", "/signOnPolicyAssignments" })
	void runWhenAnswerToAPostIsLostThenFindsWhatItMade(String collection) {
		loseAnswersToPosts(collection, 1);
		assertThat(run()).isZero();
		assertThat(this.relay.requests(collection).stream().filter((request) -> request.method().equals("POST")))
			.hasSize(1);
		assertThat(this.output).contains("waiting 1 s, since the answer was 503");
	}

	@Test
	void runWhenSomebodyElseCreatesThePersonThenShowsNoPassword() {
		this.relay.at("/users", (exchange) -> {
			if (exchange.request().method().equals("POST")) {
				exchange.passOn();
			}
			return exchange.passOn();
		});
		assertThat(run()).isZero();
		assertThat(this.output).contains("found carol; the password stays as it is")
			.doesNotContain("with the password");
	}

	@Test
	void runWhenAnswerToThePersonIsLostThenShowsThePassword() {
		loseAnswersToPosts("/users", 1);
		assertThat(run()).isZero();
		assertThat(this.output).contains("created carol with the password");
	}

	@Test
	void runWhenSomebodyElseCreatesTheSameThenTakesIt() {
		this.relay.at("/populations", (exchange) -> {
			if (exchange.request().method().equals("POST")) {
				exchange.passOn();
			}
			return exchange.passOn();
		});
		assertThat(run()).isZero();
		assertThat(populations().stream().filter("pingone-signin"::equals)).hasSize(1);
	}

	@Test
	void runWhenConflictRemainsThenEnds() {
		this.management.failNext(100, "POST /populations", 409);
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("with 409", "Somebody else may be changing the same thing");
	}

	@Test
	void runWhenTokenExpiresThenGetsANewOne() {
		this.management.expireToken();
		assertThat(run()).isZero();
		assertThat(this.relay.requests("/as/token")).hasSize(2);
	}

	@Test
	void runWhenTokenIsNeverGoodThenEnds() {
		this.management.failNext(100, "GET", 401);
		assertThat(run()).isEqualTo(1);
		assertThat(this.relay.requests("/as/token")).hasSize(2);
		assertThat(this.output).contains("with 401", "and a new one too");
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 403 })
	void runWhenWhatWasCreatedIsNotThereYetThenWaitsForIt(int status) {
		this.management.settleAfter(2, status);
		assertThat(run()).isZero();
		assertThat(this.output).contains("waiting 2 s, since the answer was " + status);
	}

	@Test
	void runWhenAnswerToAPostIsLostAndTheListLagsBehindThenLooksAgain() {
		var gets = new AtomicInteger();
		this.relay.at("/applications", (exchange) -> {
			if (exchange.request().method().equals("POST")) {
				exchange.passOn();
				return Relay.Response.of(503, "text/plain", "");
			}
			return (gets.getAndIncrement() < 3) ? Relay.Response.json(200, "{}") : exchange.passOn();
		});
		assertThat(run()).isZero();
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
		assertThat(this.api.list("/applications", "applications")
			.stream()
			.filter((application) -> application.path("name").asString().equals("pingone-signin"))).hasSize(1);
	}

	@Test
	void runWhenAnswerToAPostIsLostAndWhatItMadeIsNotThereYetThenWaitsForIt() {
		loseAnswersToPosts("/applications", 1);
		this.management.settleAfter(2, 404);
		assertThat(run()).isZero();
		assertThat(this.output).contains("waiting 1 s, since the answer was 503",
				"waiting 2 s, since the answer was 404");
	}

	@Test
	void runWhenWorkerLacksARoleThenNamesIt() {
		this.management.failNext(1, "GET /users", 403);
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).isEmpty();
		assertThat(this.output).contains("User", "failed", "403 ACCESS_FAILED",
				"The actor has no role that permits this request. (INSUFFICIENT_PERMISSIONS)",
				"the role Identity Data Admin on");
		this.management.setWorkerHasRoles(false);
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("the role Environment Admin (or Client Application Developer) on");
	}

	@Test
	void runWhenEnvironmentIsUnknownThenSaysWhatToCheck() {
		this.management.failNext(1, "GET /applications", 404);
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).isEmpty();
		assertThat(this.output).contains("404 NOT_FOUND", "Check PINGONE_ENVIRONMENT_ID");
	}

	@Test
	void runWhenDataIsRefusedThenShowsEachDetail() {
		this.relay.at("/users", (exchange) -> exchange.request().method().equals("POST") ? Relay.Response.json(400, """
				{"id": "e5b7", "code": "INVALID_DATA", "message": "Validation errors.", "details": [
				{"code": "INVALID_VALUE", "target": "password", "message": "Too weak",
				"innerError": {"rangeMinimumValue": 30, "allowedPattern": "x"}},
				{"code": "QUOTA_EXCEEDED", "message": "No more users"}]}""") : exchange.passOn());
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("/users was answered with 400 INVALID_DATA: Validation errors.",
				"  - password: Too weak (INVALID_VALUE; rangeMinimumValue 30, allowedPattern x)",
				"  - No more users (QUOTA_EXCEEDED)", "PingOne's reference: e5b7");
	}

	@Test
	void runWhenAnErrorWouldSteerTheTerminalThenItDoesNot() {
		this.relay.at("/users", Faults.json(400, "{\"message\": \"\\u001b[2JAll is well\\nReally\"}"));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("with 400: ?[2JAll is well?Really\n");
	}

	@Test
	void runWhenANameWouldSteerTheTerminalThenItDoesNot() {
		this.relay.at("/signOnPolicies",
				Faults.json(200, "{\"_embedded\": {\"signOnPolicies\": [{\"id\": \"1\", \"name\": \"\\u009b2J\"}]}}"));
		this.relay.at("/signOnPolicyAssignments", Faults.json(200,
				"{\"_embedded\": {\"signOnPolicyAssignments\": [{\"signOnPolicy\": {\"id\": \"1\"}}]}}"));
		assertThat(run()).isZero();
		assertThat(this.output).contains("found ?2J");
	}

	@Test
	void runWhenWorkerIsUnknownThenSaysWhatToCheck() {
		this.environment.put("PINGONE_ADMIN_CLIENT_SECRET", "another-secret");
		assertThat(run()).isEqualTo(1);
		assertThat(this.output)
			.contains("Worker token", "failed", "401 invalid_client", "Correlation ID",
					"Check PINGONE_ADMIN_CLIENT_ID and PINGONE_ADMIN_CLIENT_SECRET")
			.doesNotContain("another-secret");
	}

	@Test
	void runWhenWorkerHasNoRoleAtAllThenSaysSo() {
		this.relay.at("/as/token", Faults.json(400, "{\"error\": \"access_denied\"}"));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("400 access_denied", "Give the Worker application its roles");
	}

	@Test
	void runWhenNobodyListensThenSaysSo() throws IOException {
		try (var socket = new ServerSocket(0)) {
			this.environment.put("PINGONE_AUTH_URL", "http://localhost:" + socket.getLocalPort());
		}
		assertThat(run()).isEqualTo(1);
		assertThat(this.pauses).hasSize(5);
		assertThat(this.output).contains("No connection to localhost:", "Check the network")
			.doesNotContain("Exception", "\tat ");
	}

	@Test
	void runWhenConnectionBreaksOnceThenGoesOn() {
		var first = new AtomicInteger();
		this.relay.at("/resources", (exchange) -> (first.getAndIncrement() == 0)
				? Faults.hangUpHalfway().apply(exchange) : exchange.passOn());
		assertThat(run()).isZero();
		assertThat(this.output).contains("waiting 1 s, since there was no answer");
	}

	@Test
	void runWhenRedirectedThenDoesNotFollow() {
		this.relay.at("/applications", Faults.redirect());
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("was answered with 302");
		assertThat(this.relay.requests(Faults.ELSEWHERE)).isEmpty();
	}

	@Test
	void runWhenAnswerIsAPageThenSaysSo() {
		this.relay.at("/applications", Faults.html());
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("(status 200): The answer is not JSON but text/html")
			.doesNotContain(Faults.LEAK);
	}

	@Test
	void runWhenAnswerLacksWhatIsDocumentedThenSaysSo() {
		this.relay.at("/as/token", Faults.json(200, "{}"));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("not as PingOne documents it").doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "1", "" })
	void runWhenAnswerIsNoObjectThenSaysSo(String body) {
		createApplication("pingone-signin");
		this.relay.at("/secret", Faults.json(200, body));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("not as PingOne documents it (GET ", "/secret yields no object)");
	}

	@Test
	void runWhenNextPageIsNoUriThenSaysSo() {
		nextPageOfApplications("/applications?cursor= ");
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("not as PingOne documents it (the next page is no URI)");
	}

	@Test
	void runWhenPagesBeginAnewThenSaysSo() {
		nextPageOfApplications("/applications?cursor=1");
		assertThat(run()).isEqualTo(1);
		assertThat(this.output)
			.contains("not as PingOne documents it (the pages of /applications?limit=100 begin anew)");
		assertThat(this.relay.requests("/applications")).hasSize(2);
	}

	@Test
	void runWhenNextPageIsElsewhereThenTheTokenStaysHere() {
		this.relay.at("/applications",
				Faults.json(200, "{\"_links\": {\"next\": {\"href\": \"https://elsewhere.example.com/\"}}}"));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("is said to be elsewhere: https://elsewhere.example.com/");
	}

	@Test
	void runWhenSettingsAreMissingThenNamesThemAllAndSendsNothing() {
		this.environment.clear();
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("PINGONE_REGION is missing", "PINGONE_ENVIRONMENT_ID is missing",
				"PINGONE_ADMIN_CLIENT_SECRET is missing", "run the command again");
	}

	@Test
	void runWhenOptionIsUnknownThenShowsUsage() {
		assertThat(run("--dryrun")).isEqualTo(2);
		assertThat(this.output).contains("There is no option --dryrun.", "--dry-run", "--rotate");
		assertNothingIsWritten();
	}

	@Test
	void runWhenAskedForHelpThenShowsUsage() {
		assertThat(run("--help")).isZero();
		assertThat(this.output).contains("PINGONE_REGION", "--dry-run", "--rotate");
		assertThat(this.management.requests()).isEmpty();
	}

	@Test
	void runWhenSettingsAreInDotEnvThenReadsThemAndKeepsThem() throws IOException {
		String secret = "PINGONE_ADMIN_CLIENT_SECRET='" + this.environment.remove("PINGONE_ADMIN_CLIENT_SECRET") + "'";
		Files.writeString(this.folder.resolve(".env"), "# ours\n" + secret + "\nSERVER_PORT=8081\n");
		assertThat(run()).isZero();
		assertThat(this.folder.resolve(".env")).content()
			.startsWith("# ours\n" + secret + "\nSERVER_PORT=8081\nPINGONE_ISSUER=");
	}

	@Test
	void runWhenDotEnvHasLinesThatAreNoSettingsThenNamesThem() throws IOException {
		Files.writeString(this.folder.resolve(".env"), "export PINGONE_REGION=EU\n");
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains(".env sets PINGONE_REGION otherwise than as NAME=value", "Mend the lines");
	}

	@Test
	void runWhenDotEnvCannotBeReadThenSaysSo() throws IOException {
		Files.createDirectory(this.folder.resolve(".env"));
		assertThat(run()).isEqualTo(1);
		assertThat(this.output).contains("A file cannot be read or written: ").doesNotContain("Exception");
	}

	@Test
	void runWhenASecretIsInDotEnvThenSaysToRemoveItBeforeWhatIsNext() throws IOException {
		Files.writeString(this.folder.resolve(".env"), "PINGONE_CLIENT_SECRET=forgotten-secret\n");
		assertThat(run()).isZero();
		assertThat(this.output)
			.containsSubsequence("First remove the line PINGONE_CLIENT_SECRET from .env", "Next: ./mvnw")
			.doesNotContain("forgotten-secret");
	}

	@Test
	void runWhenOtherSettingsWouldWinThenWarns() {
		this.environment.put("PINGONE_CLIENT_SECRET", "forgotten-secret");
		this.environment.put("PINGONE_ISSUER", "https://forgotten.example.com");
		assertThat(run()).isZero();
		assertThat(this.output)
			.contains("PINGONE_CLIENT_SECRET is set as well", "PINGONE_ISSUER is set otherwise in your environment")
			.doesNotContain("forgotten-secret", "PINGONE_CLIENT_ID is set otherwise");
	}

	private int run(String... args) {
		var out = new ByteArrayOutputStream();
		int status = new Setup(this.environment, this.folder, new PrintStream(out, true, StandardCharsets.UTF_8),
				this.clock, this.pauses::add)
			.run(args);
		this.output = out.toString(StandardCharsets.UTF_8);
		return status;
	}

	private void nextPageOfApplications(String path) {
		String next = this.origin + "/v1/environments/" + this.environmentId + path;
		this.relay.at("/applications", Faults.json(200, "{\"_links\": {\"next\": {\"href\": \"" + next + "\"}}}"));
	}

	/** What is asked for takes effect, and the answer gets lost on its way. */
	private void loseAnswersToPosts(String path, int count) {
		var lost = new AtomicInteger();
		this.relay.at(path, (exchange) -> {
			Relay.Response answer = exchange.passOn();
			boolean loses = exchange.request().method().equals("POST") && lost.getAndIncrement() < count;
			return loses ? Relay.Response.of(503, "text/plain", "") : answer;
		});
	}

	private void assertNothingIsWritten() {
		assertNothingIsPosted();
		assertThat(this.folder).isEmptyDirectory();
	}

	private void assertNothingIsPosted() {
		assertThat(this.management.requests()).allMatch((request) -> request.startsWith("GET "));
	}

	private ObjectNode application() {
		return (ObjectNode) one(this.api.list("/applications", "applications"), "name", "pingone-signin");
	}

	private JsonNode population() {
		return one(this.api.list("/populations", "populations"), "name", "pingone-signin");
	}

	private List<String> populations() {
		return names(this.api.list("/populations", "populations"));
	}

	private JsonNode user(String name) {
		return one(this.api.list("/users", "users"), "username", name);
	}

	private JsonNode secret(String applicationId) {
		return this.api.get("/applications/" + applicationId + "/secret");
	}

	private Map<String, String> scopes(String resourceId) {
		Map<String, String> names = new HashMap<>();
		this.api.list("/resources/" + resourceId + "/scopes", "scopes")
			.forEach((scope) -> names.put(scope.path("id").asString(), scope.path("name").asString()));
		return names;
	}

	private String scopesWithout(String name) {
		String resource = one(this.api.list("/resources", "resources"), "type", "OPENID_CONNECT").path("id").asString();
		ObjectNode collection = (ObjectNode) this.api.get("/resources/" + resource + "/scopes");
		ArrayNode scopes = collection.withObject("_embedded").withArray("scopes");
		scopes.removeIf((scope) -> scope.path("name").asString().equals(name));
		return collection.toString();
	}

	private List<String> grantedScopes(String applicationId) {
		this.relay.reset();
		JsonNode grant = this.api.list("/applications/" + applicationId + "/grants", "grants").get(0);
		Map<String, String> names = scopes(grant.path("resource").path("id").asString());
		return grant.path("scopes").valueStream().map((scope) -> names.get(scope.path("id").asString())).toList();
	}

	private String policyId(String name) {
		return one(this.api.list("/signOnPolicies", "signOnPolicies"), "name", name).path("id").asString();
	}

	private List<String> policies(String applicationId) {
		return this.api.list("/applications/" + applicationId + "/signOnPolicyAssignments", "signOnPolicyAssignments")
			.stream()
			.map((assignment) -> assignment.path("signOnPolicy").path("id").asString())
			.map((id) -> one(this.api.list("/signOnPolicies", "signOnPolicies"), "id", id).path("name").asString())
			.toList();
	}

	private String createApplication(String name) {
		ObjectNode application = new WantedApplication("http://localhost:8080").create();
		return create("/applications", application.put("name", name).put("pkceEnforcement", "OPTIONAL"));
	}

	private String create(String path, JsonNode body) {
		return this.api.post(path, MediaType.APPLICATION_JSON, body, Optional::empty).object().path("id").asString();
	}

	private static JsonNode one(List<JsonNode> nodes, String field, String value) {
		List<JsonNode> found = nodes.stream().filter((node) -> value.equals(node.path(field).asString(""))).toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private static List<String> names(List<JsonNode> nodes) {
		return nodes.stream().map((node) -> node.path("name").asString()).toList();
	}

	private static ManagementApi api(SetupSettings settings) {
		var client = new PatientClient(Clock.systemUTC(), Pause::sleep, new Console(System.out));
		return new ManagementApi(client, new WorkerToken(client, settings), settings);
	}

}
