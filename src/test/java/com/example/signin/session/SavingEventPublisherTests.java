package com.example.signin.session;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.event.OAuth2AuthorizedClientRefreshedEvent;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SavingEventPublisherTests {

	private static final Map<String, Throwable> CAUSES = Map.of("keys not there", new JwtException("No keys"),
			"wrong token", new BadJwtException("Wrong"));

	private final ClientRegistration registration = ClientRegistration.withRegistrationId("pingone")
		.clientId("client")
		.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
		.authorizationUri("https://provider.example/authorize")
		.tokenUri("https://provider.example/token")
		.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
		.build();

	private final SessionAuthorizedClientRepository authorizedClients = new SessionAuthorizedClientRepository(
			new InMemoryClientRegistrationRepository(this.registration));

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final Authentication person = new TestingAuthenticationToken("person", "none");

	@BeforeEach
	void signIn() {
		this.request.getSession();
		SecurityContextHolder.setContext(new SecurityContextImpl(this.person));
		RequestContextHolder
			.setRequestAttributes(new ServletRequestAttributes(this.request, new MockHttpServletResponse()));
	}

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
		RequestContextHolder.resetRequestAttributes();
	}

	@ParameterizedTest
	@CsvSource({ "invalid_id_token, , false", "invalid_id_token, wrong token, false", "invalid_nonce, , false",
			"invalid_id_token, keys not there, true", "invalid_user_info_response, , true" })
	void renewalWhenAListenerFailsThenTokensAreKeptUnlessTheIdTokenIsWrong(String error, @Nullable String cause,
			boolean kept) {
		var publisher = new SavingEventPublisher(this.authorizedClients, (event) -> {
			throw new OAuth2AuthenticationException(new OAuth2Error(error), "failed",
					(cause != null) ? CAUSES.get(cause) : null);
		});
		assertThatExceptionOfType(ClientAuthorizationException.class)
			.isThrownBy(() -> publisher.publishEvent(renewed()))
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo(error));
		OAuth2AuthorizedClient client = this.authorizedClients.loadAuthorizedClient("pingone", this.person,
				this.request);
		assertThat(client != null).isEqualTo(kept);
	}

	private OAuth2AuthorizedClientRefreshedEvent renewed() {
		var response = OAuth2AccessTokenResponse.withToken("access").tokenType(TokenType.BEARER).expiresIn(60).build();
		return new OAuth2AuthorizedClientRefreshedEvent(response,
				new OAuth2AuthorizedClient(this.registration, "person", response.getAccessToken()));
	}

}
