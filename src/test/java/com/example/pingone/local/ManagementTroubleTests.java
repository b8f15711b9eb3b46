package com.example.pingone.local;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.example.pingone.local.Administrator.text;
import static com.example.pingone.local.ManagementTests.assertError;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementTroubleTests {

	private final LocalProvider provider = LocalProvider.start(0);

	private final Administrator administrator = Administrator.of(this.provider);

	private final Management management = this.provider.management();

	@BeforeEach
	void reset() {
		this.management.reset();
	}

	@AfterAll
	void stop() {
		this.provider.close();
	}

	@Test
	void requestsWhenServedOrRefusedThenOnRecord() {
		this.administrator.get("/applications?limit=1");
		this.administrator.post("/populations", Map.of());
		new Administrator(this.provider).get("/users");
		assertThat(this.management.requests()).containsExactly("GET /applications", "POST /populations", "GET /users");
	}

	@Test
	void resetWhenTroublesAreOrderedThenAllAreCalledOff() {
		this.management.failNext(9, "", 500);
		this.management.settleAfter(9, 404);
		this.management.setWorkerHasRoles(false);
		this.management.expireToken();
		this.management.reset();
		assertThat(this.management.requests()).isEmpty();
		String id = text(this.administrator.create("/applications", Administrator.application()), "id");
		assertThat(this.administrator.get("/applications/" + id).statusCode()).isEqualTo(200);
	}

	@Test
	void requestsWhenRateLimitedThenRetryAfterAndServedAgain() {
		this.management.failNext(2, "", 429, "7");
		for (int i = 0; i < 2; i++) {
			var limited = this.administrator.get("/applications");
			assertError(limited, 429, "REQUEST_LIMITED", "LIMIT_EXCEEDED");
			assertThat(limited.headers().firstValue("Retry-After")).contains("7");
		}
		assertThat(this.administrator.get("/applications").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "500", "502", "503" })
	void requestsWhenBrokenThenOnlyThoseNamedFailAndNothingIsDone(int status) {
		this.management.failNext(1, "POST /populations", status);
		assertThat(this.administrator.get("/populations").statusCode()).isEqualTo(200);
		Map<String, Object> population = Map.of("name", "Customers " + status);
		var broken = this.administrator.post("/populations", population);
		assertError(broken, status, "UNEXPECTED_ERROR");
		assertThat(broken.headers().firstValue("Retry-After")).isEmpty();
		assertThat(this.administrator.get("/populations").body()).doesNotContain("Customers " + status);
		this.administrator.create("/populations", population);
	}

	@ParameterizedTest
	@CsvSource({ "404, NOT_FOUND, ''", "403, ACCESS_FAILED, INSUFFICIENT_PERMISSIONS" })
	void applicationWhenItSettlesSlowlyThenFirstReadsAreRefused(int status, String code, String detail) {
		this.management.settleAfter(2, status);
		String path = "/applications/"
				+ text(this.administrator.create("/applications", Administrator.application()), "id");
		String[] details = detail.isEmpty() ? new String[0] : new String[] { detail };
		assertError(this.administrator.get(path), status, code, details);
		assertError(this.administrator.get(path + "/secret"), status, code, details);
		assertThat(this.administrator.get(path).statusCode()).isEqualTo(200);
		assertThat(this.administrator.get("/applications/" + LocalProvider.CLIENT_ID).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenExpiredThenInvalidTokenUntilAnother() {
		this.management.expireToken();
		for (int i = 0; i < 2; i++) {
			assertError(this.administrator.get("/applications"), 401, "ACCESS_FAILED", "INVALID_TOKEN");
		}
		this.administrator.signIn();
		assertThat(this.administrator.get("/applications").statusCode()).isEqualTo(200);
	}

	@Test
	void workerWhenWithoutRolesThenInsufficientPermissions() {
		this.management.setWorkerHasRoles(false);
		assertError(this.administrator.get("/applications"), 403, "ACCESS_FAILED", "INSUFFICIENT_PERMISSIONS");
		this.management.setWorkerHasRoles(true);
		assertThat(this.administrator.get("/applications").statusCode()).isEqualTo(200);
	}

}
