package com.example.pingone.setup;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SetupSettingsTests {

	private static final String ID = "0c1a4b5e-7b0f-4f6a-8d0e-2a9c6f3b7e51";

	@Test
	void fromWhenNothingIsSetThenNamesAllWithWhereToFindThem() {
		assertThat(problem(Map.of()))
			.contains("PINGONE_REGION is missing (", "PINGONE_ENVIRONMENT_ID is missing (",
					"PINGONE_ADMIN_ENVIRONMENT_ID is missing (", "PINGONE_ADMIN_CLIENT_ID is missing (",
					"PINGONE_ADMIN_CLIENT_SECRET is missing (")
			.contains("console.pingone.eu is eu", "Settings > Environment Properties > Environment ID",
					"your Worker application > Overview > Client ID",
					"your Worker application > Overview > Client Secret")
			.containsOnlyOnce("PINGONE_REGION")
			.doesNotContain("is not", "is ''");
	}

	@ParameterizedTest
	@CsvSource({ "NA,com", "ca,ca", "EU,eu", "eu,eu", "AU,com.au", "com.au,com.au", "sg,sg", "AP,asia", "asia,asia",
			"com,com" })
	void fromWhenRegionIsCodeOrDomainThenKnown(String region, String topLevelDomain) {
		SetupSettings settings = SetupSettings.from(with("PINGONE_REGION", region));
		assertThat(settings.apiUrl()).isEqualTo("https://api.pingone." + topLevelDomain + "/v1");
		assertThat(settings.issuer()).isEqualTo("https://auth.pingone." + topLevelDomain + "/" + ID + "/as");
	}

	@Test
	void fromWhenOptionalOnesAreNotSetThenDefaults() {
		SetupSettings settings = SetupSettings.from(with("PINGONE_USER_NAME", ""));
		assertThat(settings.applicationUrl()).isEqualTo("http://localhost:8080");
		assertThat(settings.userName()).isEqualTo("alice");
		assertThat(settings.toString()).doesNotContain("a-secret");
	}

	@Test
	void fromWhenUrlsAreSetThenNoRegionIsNeeded() {
		Map<String, String> variables = with("PINGONE_REGION", "");
		variables.put("PINGONE_API_URL", "http://localhost:9000/v1/");
		variables.put("PINGONE_AUTH_URL", "http://localhost:9000");
		SetupSettings settings = SetupSettings.from(variables);
		assertThat(settings.apiUrl()).isEqualTo("http://localhost:9000/v1");
		assertThat(settings.issuer()).isEqualTo("http://localhost:9000/" + ID + "/as");
	}

	@Test
	void fromWhenIdsAreInUpperCaseThenInLowerCase() {
		Map<String, String> variables = with("PINGONE_ENVIRONMENT_ID", ID.toUpperCase(Locale.ROOT));
		variables.put("PINGONE_ADMIN_ENVIRONMENT_ID", ID.toUpperCase(Locale.ROOT));
		variables.put("PINGONE_ADMIN_CLIENT_ID", ID.toUpperCase(Locale.ROOT));
		SetupSettings settings = SetupSettings.from(variables);
		assertThat(List.of(settings.environmentId(), settings.adminEnvironmentId(), settings.adminClientId()))
			.containsOnly(ID);
	}

	@ParameterizedTest
	@CsvSource({ "PINGONE_REGION,mars,PINGONE_REGION is 'mars'",
			"PINGONE_ENVIRONMENT_ID,production,PINGONE_ENVIRONMENT_ID is not a UUID",
			"PINGONE_ADMIN_ENVIRONMENT_ID,1,PINGONE_ADMIN_ENVIRONMENT_ID is not a UUID",
			"PINGONE_ADMIN_CLIENT_ID,worker,PINGONE_ADMIN_CLIENT_ID is not a UUID",
			"PINGONE_API_URL,https://api.pingone.eu/v1,PINGONE_AUTH_URL is missing",
			"PINGONE_USER_NAME,a\"b,PINGONE_USER_NAME has" })
	void fromWhenOneIsWrongThenSaysSo(String name, String value, String problem) {
		assertThat(problem(with(name, value))).startsWith(problem);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://app.example.com", "app.example.com", "https://", "ftp://localhost", "https://a b",
			"https://app.example.com/?a=b", "https://app.example.com/#a", "https://user:password@app.example.com",
			"http://localhost.example.com" })
	void fromWhenUrlCannotBeTrustedThenRefused(String url) {
		assertThat(problem(with("PINGONE_APPLICATION_URL", url))).startsWith("PINGONE_APPLICATION_URL is not a URL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/", "https://app.example.com/below", "http://127.0.0.1:8080",
			"http://[::1]:8080" })
	void fromWhenUrlIsGoodThenTaken(String url) {
		assertThat(url).startsWith(SetupSettings.from(with("PINGONE_APPLICATION_URL", url)).applicationUrl());
	}

	private static String problem(Map<String, String> variables) {
		var problems = new StringBuilder();
		assertThatExceptionOfType(SetupException.class).isThrownBy(() -> SetupSettings.from(variables))
			.satisfies((ex) -> problems.append(ex.problem()));
		return problems.toString();
	}

	private static Map<String, String> with(String name, String value) {
		Map<String, String> variables = new HashMap<>(
				Map.of("PINGONE_REGION", "EU", "PINGONE_ENVIRONMENT_ID", ID, "PINGONE_ADMIN_ENVIRONMENT_ID", ID,
						"PINGONE_ADMIN_CLIENT_ID", ID, "PINGONE_ADMIN_CLIENT_SECRET", "a-secret"));
		variables.put(name, value);
		return variables;
	}

}
