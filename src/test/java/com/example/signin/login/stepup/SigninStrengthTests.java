package com.example.signin.login.stepup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.example.signin.login.SigninDemand;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import static org.assertj.core.api.Assertions.assertThat;

class SigninStrengthTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	/** The provider's clock is ten minutes behind this machine's. */
	private static final Instant ISSUED_AT = NOW.minusSeconds(600);

	private static final SigninDemand ANY = new SigninDemand(null, List.of());

	@Test
	void strengthWhenTheProvidersClockIsWrongThenAgeIsRightAllTheSame() {
		SigninStrength strength = SigninStrength.of(idToken(Map.of("auth_time", ISSUED_AT.minusSeconds(30))), ANY, NOW);
		assertThat(strength.authenticatedAt()).isEqualTo(NOW.minusSeconds(30));
		assertThat(strength.meets(maxAge(60), NOW.plusSeconds(30))).isTrue();
		assertThat(strength.meets(maxAge(60), NOW.plusSeconds(31))).isFalse();
	}

	@Test
	void strengthWhenTheProviderToldNothingThenMeetsNoDemand() {
		SigninStrength strength = SigninStrength.of(idToken(Map.of()), ANY, NOW);
		assertThat(strength.meets(maxAge(60), NOW)).isFalse();
		assertThat(strength.meets(new SigninDemand(null, List.of("Multi_Factor")), NOW)).isFalse();
	}

	@Test
	void strengthWhenStrongAndOldThenMeetsTheOneAndNotTheOther() {
		SigninStrength strength = SigninStrength
			.of(idToken(Map.of("acr", "Multi_Factor", "auth_time", ISSUED_AT.minusSeconds(3600))), ANY, NOW);
		assertThat(strength.meets(new SigninDemand(null, List.of("Passkey", "Multi_Factor")), NOW)).isTrue();
		assertThat(strength.meets(new SigninDemand(Duration.ofMinutes(5), List.of("Multi_Factor")), NOW)).isFalse();
	}

	@Test
	void strengthWhenItMetTheAgeAskedForThenGoodForTheWayToThePage() {
		OidcIdToken idToken = idToken(Map.of("auth_time", ISSUED_AT.minusSeconds(61)));
		SigninStrength strength = SigninStrength.of(idToken, maxAge(60), NOW);
		assertThat(strength.meets(maxAge(60), NOW.plusSeconds(10))).isTrue();
		assertThat(strength.meets(maxAge(60), NOW.plusSeconds(11))).isFalse();
		assertThat(strength.meets(maxAge(5), NOW)).isFalse();
		assertThat(SigninStrength.of(idToken, maxAge(3600), NOW).authenticatedAt()).isEqualTo(NOW.minusSeconds(61));
	}

	private static SigninDemand maxAge(long seconds) {
		return new SigninDemand(Duration.ofSeconds(seconds), List.of());
	}

	private static OidcIdToken idToken(Map<String, Object> claims) {
		return OidcIdToken.withTokenValue("token")
			.subject("alice")
			.issuedAt(ISSUED_AT)
			.claims((all) -> all.putAll(claims))
			.build();
	}

}
