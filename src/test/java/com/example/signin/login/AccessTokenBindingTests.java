package com.example.signin.login;

import java.time.Instant;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessTokenBindingTests {

	/** The access token of OIDC Core §A.3, its hash by SHA-256 and, below, by SHA-384. */
	private static final String ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

	private static final String SHA_256 = "77QmUPtjPfzWtF2AnpK9RQ";

	private static final String SHA_384 = "jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs";

	@Test
	void validateWhenHashIsThatOfTheAccessTokenThenAccepted() {
		assertThatCode(() -> AccessTokenBinding.validate(request(Curve.P_256, JWSAlgorithm.ES256, SHA_256)))
			.doesNotThrowAnyException();
		assertThatCode(() -> AccessTokenBinding.validate(request(Curve.P_384, JWSAlgorithm.ES384, SHA_384)))
			.doesNotThrowAnyException();
	}

	@Test
	void validateWhenHashIsByAnotherAlgorithmThanTheSignaturesThenRefusedWithoutCause() {
		assertThatExceptionOfType(OAuth2AuthenticationException.class)
			.isThrownBy(() -> AccessTokenBinding.validate(request(Curve.P_384, JWSAlgorithm.ES384, SHA_256)))
			.withNoCause()
			.extracting((ex) -> ex.getError().getErrorCode())
			.isEqualTo("invalid_id_token");
	}

	private static OidcUserRequest request(Curve curve, JWSAlgorithm algorithm, String hash) throws JOSEException {
		Instant now = Instant.now();
		SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm),
				new JWTClaimsSet.Builder().subject("somebody").claim("at_hash", hash).build());
		jwt.sign(new ECDSASigner(new ECKeyGenerator(curve).generate()));
		return new OidcUserRequest(registration(),
				new OAuth2AccessToken(TokenType.BEARER, ACCESS_TOKEN, now, now.plusSeconds(60)),
				new OidcIdToken(jwt.serialize(), now, now.plusSeconds(60), Map.of("sub", "somebody", "at_hash", hash)));
	}

	private static ClientRegistration registration() {
		return ClientRegistration.withRegistrationId("any")
			.clientId("any")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}")
			.authorizationUri("https://any.example")
			.tokenUri("https://any.example")
			.build();
	}

}
