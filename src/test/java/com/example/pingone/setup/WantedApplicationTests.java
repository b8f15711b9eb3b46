package com.example.pingone.setup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WantedApplicationTests {

	private final WantedApplication wanted = new WantedApplication("https://app.example.com");

	@Test
	void createThenHasAllThatTheSignInNeeds() {
		assertThat(this.wanted.create()).isEqualTo(json("""
				{"name": "pingone-signin", "type": "WEB_APP", "protocol": "OPENID_CONNECT", "enabled": true,
				"tokenEndpointAuthMethod": "CLIENT_SECRET_JWT", "pkceEnforcement": "S256_REQUIRED",
				"refreshTokenRollingGracePeriodDuration": 60,
				"grantTypes": ["AUTHORIZATION_CODE", "REFRESH_TOKEN"], "responseTypes": ["CODE"],
				"redirectUris": ["https://app.example.com/login/oauth2/code/pingone"],
				"postLogoutRedirectUris": ["https://app.example.com/signed-out"]}"""));
	}

	@Test
	void differencesWhenThereIsMoreThanWantedThenNone() {
		ObjectNode actual = this.wanted.create();
		actual.put("id", "1").put("description", "Ours").put("refreshTokenRollingGracePeriodDuration", 5);
		actual.putObject("_links");
		actual.withArray("redirectUris").insert(0, "https://elsewhere.example.com");
		assertThat(this.wanted.differences(actual)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "enabled; false; enabled: false -> true",
			"tokenEndpointAuthMethod; \"CLIENT_SECRET_BASIC\"; tokenEndpointAuthMethod: CLIENT_SECRET_BASIC -> CLIENT_SECRET_JWT",
			"pkceEnforcement; \"OPTIONAL\"; pkceEnforcement: OPTIONAL -> S256_REQUIRED",
			"refreshTokenRollingGracePeriodDuration; null; refreshTokenRollingGracePeriodDuration: unset -> 60",
			"refreshTokenRollingGracePeriodDuration; 0; refreshTokenRollingGracePeriodDuration: 0 -> 60",
			"grantTypes; [\"AUTHORIZATION_CODE\"]; grantTypes: [AUTHORIZATION_CODE] -> [AUTHORIZATION_CODE, REFRESH_TOKEN]",
			"responseTypes; []; responseTypes: [] -> [CODE]",
			"redirectUris; [\"https://b\"]; redirectUris: [https://b] -> [https://b, https://app.example.com/login/oauth2/code/pingone]",
			"postLogoutRedirectUris; null; postLogoutRedirectUris: unset -> [https://app.example.com/signed-out]" })
	void differencesWhenOneFieldDiffersThenShowsIt(String field, String value, String difference) {
		ObjectNode actual = this.wanted.create();
		if (value.equals("null")) {
			actual.remove(field);
		}
		else {
			actual.set(field, json(value));
		}
		assertThat(this.wanted.differences(actual)).containsExactly(difference);
		assertThat(this.wanted.differences(this.wanted.correct(actual))).isEmpty();
	}

	@Test
	void correctThenKeepsWhatItDoesNotKnowAndLeavesOutWhatIsReadOnly() {
		JsonNode actual = json(
				"""
						{"_links": {}, "environment": {"id": "1"}, "id": "2", "createdAt": "1", "updatedAt": "2",
						"name": "pingone-signin", "type": "WEB_APP", "protocol": "OPENID_CONNECT", "enabled": false,
						"description": "Ours", "corsSettings": {"behavior": "ALLOW_NO_ORIGINS"}, "grantTypes": ["IMPLICIT"]}""");
		assertThat(this.wanted.correct(actual).propertyNames()).contains("description", "corsSettings", "enabled")
			.doesNotContain("_links", "environment", "id", "createdAt", "updatedAt");
		assertThat(this.wanted.correct(actual).path("grantTypes"))
			.isEqualTo(json("[\"IMPLICIT\", \"AUTHORIZATION_CODE\", \"REFRESH_TOKEN\"]"));
	}

	@Test
	void differencesWhenTypeIsAnotherThenRefused() {
		ObjectNode actual = this.wanted.create().put("id", "1").put("type", "SINGLE_PAGE_APP");
		assertThatExceptionOfType(SetupException.class).isThrownBy(() -> this.wanted.differences(actual))
			.withMessage("The application pingone-signin (1) has the type SINGLE_PAGE_APP instead of WEB_APP, "
					+ "which PingOne cannot change.");
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
