package com.example.signin.login;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SigninDemandTests {

	private static final Instant ISSUED_AT = Instant.parse("2026-01-01T12:00:00Z");

	@Test
	void demandWhenAddedToARequestThenReadFromItAgain() {
		SigninDemand demand = new SigninDemand(Duration.ofMinutes(5), List.of("Multi_Factor", "Passkey"));
		Map<String, Object> parameters = new HashMap<>();
		demand.addTo(parameters);
		assertThat(parameters).containsOnly(Map.entry("max_age", 300L),
				Map.entry("acr_values", "Multi_Factor Passkey"));
		assertThat(SigninDemand.of(parameters)).isEqualTo(demand);
	}

	@Test
	void demandWhenForNothingThenRequestUnchangedAndAnyIdTokenMeetsIt() {
		SigninDemand demand = SigninDemand.of(Map.of());
		Map<String, Object> parameters = new HashMap<>();
		demand.addTo(parameters);
		assertThat(parameters).isEmpty();
		assertThatCode(() -> demand.requireMetBy(idToken(null, null))).doesNotThrowAnyException();
	}

	@Test
	void acrWhenOneOfThoseAskedForThenMet() {
		SigninDemand demand = new SigninDemand(null, List.of("Multi_Factor", "Passkey"));
		assertThatCode(() -> demand.requireMetBy(idToken("Passkey", null))).doesNotThrowAnyException();
	}

	@Test
	void acrWhenAnotherOrMissingThenUnmet() {
		SigninDemand demand = new SigninDemand(null, List.of("Multi_Factor"));
		assertUnmet(demand, idToken("Single_Factor", null));
		assertUnmet(demand, idToken(null, null));
	}

	@Test
	void authTimeWhenYoungEnoughThenMet() {
		SigninDemand demand = new SigninDemand(Duration.ofMinutes(5), List.of());
		assertThatCode(() -> demand.requireMetBy(idToken(null, ISSUED_AT.minusSeconds(360))))
			.doesNotThrowAnyException();
	}

	@Test
	void authTimeWhenTooOldOrMissingThenUnmet() {
		SigninDemand demand = new SigninDemand(Duration.ofMinutes(5), List.of());
		assertUnmet(demand, idToken(null, ISSUED_AT.minusSeconds(361)));
		assertUnmet(demand, idToken(null, null));
	}

	private static void assertUnmet(SigninDemand demand, OidcIdToken idToken) {
		assertThatExceptionOfType(OAuth2AuthenticationException.class).isThrownBy(() -> demand.requireMetBy(idToken))
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo("unmet_authentication_requirements"));
	}

	private static OidcIdToken idToken(@Nullable String acr, @Nullable Instant authenticatedAt) {
		Map<String, Object> claims = new HashMap<>(Map.of("sub", "alice", "iat", ISSUED_AT));
		if (acr != null) {
			claims.put("acr", acr);
		}
		if (authenticatedAt != null) {
			claims.put("auth_time", authenticatedAt);
		}
		return new OidcIdToken("token", ISSUED_AT, ISSUED_AT.plusSeconds(60), claims);
	}

}
