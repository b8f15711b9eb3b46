package com.example.signin.preflight;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

import com.example.signin.audit.ClientSecretChanged;
import com.example.signin.audit.PreflightConcluded;
import com.example.signin.client.AssertionPurpose;
import com.example.signin.client.ErrorDescription;
import com.example.signin.client.PingOne;
import com.example.signin.provider.ProviderUnavailableException;

/**
 * Proves without a person that the provider accepts the client assertion: redeems a code
 * that cannot exist. {@code invalid_grant} means that the client has authenticated (RFC
 * 6749 §5.2: the client comes first), {@code invalid_client} that it has not. It runs in
 * the background and takes nothing out of service.
 */
class Preflight implements HealthIndicator {

	private static final Log logger = LogFactory.getLog(Preflight.class);

	private static final String NO_SUCH_CODE = "preflight-no-such-code";

	private final OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenClient;

	private final ClientRegistrationRepository registrations;

	private final Executor executor;

	private final ApplicationEventPublisher events;

	private volatile Health health = Health.unknown().withDetail("outcome", "not run yet").build();

	Preflight(OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenClient,
			ClientRegistrationRepository registrations, Executor executor, ApplicationEventPublisher events) {
		this.tokenClient = tokenClient;
		this.registrations = registrations;
		this.executor = executor;
		this.events = events;
	}

	@Override
	public Health health() {
		return this.health;
	}

	@EventListener({ ApplicationReadyEvent.class, ClientSecretChanged.class })
	void start() {
		this.executor.execute(this::run);
	}

	private void run() {
		try {
			ClientRegistration registration = Objects
				.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID));
			this.tokenClient.getTokenResponse(impossible(registration));
			conclude(Outcome.UNCLEAR, "a code that cannot exist was redeemed");
		}
		catch (OAuth2AuthorizationException ex) {
			conclude(ex);
		}
		catch (ProviderUnavailableException ex) {
			conclude(Outcome.UNREACHABLE, ErrorDescription.of(ex));
		}
		catch (RuntimeException ex) {
			conclude(Outcome.UNCLEAR, ErrorDescription.of(ex));
		}
	}

	private void conclude(OAuth2AuthorizationException exception) {
		switch (exception.getError().getErrorCode()) {
			case OAuth2ErrorCodes.INVALID_GRANT -> conclude(Outcome.ACCEPTED, "the provider accepts this client");
			case OAuth2ErrorCodes.INVALID_CLIENT, OAuth2ErrorCodes.UNAUTHORIZED_CLIENT ->
				conclude(Outcome.REJECTED, ErrorDescription.of(exception));
			case "invalid_token_response" -> conclude(Outcome.UNREACHABLE, ErrorDescription.of(exception));
			default -> conclude(Outcome.UNCLEAR, ErrorDescription.of(exception));
		}
	}

	private void conclude(Outcome outcome, String detail) {
		String name = outcome.name().toLowerCase(Locale.ROOT);
		Health.Builder result = (outcome == Outcome.ACCEPTED) ? Health.up() : Health.unknown();
		this.health = result.withDetail("outcome", name)
			.withDetail("detail", detail)
			.withDetail("at", Instant.now())
			.build();
		String line = "Preflight: " + name + " (" + detail + ")";
		if (outcome == Outcome.ACCEPTED) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
		this.events.publishEvent(new PreflightConcluded(name, detail));
	}

	private static ImpossibleRequest impossible(ClientRegistration registration) {
		String redirectUri = "https://preflight.invalid/";
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.clientId(registration.getClientId())
			.authorizationUri(redirectUri)
			.redirectUri(redirectUri)
			.state(NO_SUCH_CODE)
			.build();
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(NO_SUCH_CODE)
			.redirectUri(redirectUri)
			.state(NO_SUCH_CODE)
			.build();
		return new ImpossibleRequest(registration, new OAuth2AuthorizationExchange(request, response));
	}

	private static final class ImpossibleRequest extends OAuth2AuthorizationCodeGrantRequest
			implements AssertionPurpose {

		ImpossibleRequest(ClientRegistration registration, OAuth2AuthorizationExchange exchange) {
			super(registration, exchange);
		}

		@Override
		public String purpose() {
			return "preflight";
		}

	}

	private enum Outcome {

		ACCEPTED, REJECTED, UNREACHABLE, UNCLEAR

	}

}
