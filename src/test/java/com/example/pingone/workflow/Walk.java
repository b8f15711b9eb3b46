package com.example.pingone.workflow;

import java.util.Map;
import java.util.Objects;

import com.example.signin.client.PingOne;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.client.HttpServerErrorException;

/**
 * The flow from its first step to its last.
 */
final class Walk {

	private final ClientRegistrationRepository registrations;

	private final BrowserSteps browserSteps;

	private final Tokens tokens;

	private final Transcript transcript;

	Walk(ClientRegistrationRepository registrations, BrowserSteps browserSteps, Tokens tokens, Transcript transcript) {
		this.registrations = registrations;
		this.browserSteps = browserSteps;
		this.tokens = tokens;
		this.transcript = transcript;
	}

	/**
	 * Takes all steps.
	 * @param tamper what to falsify in the client assertion, or {@code null} for nothing
	 * @return what has been shown
	 * @throws StepFailure at the first step that does not do what it should
	 */
	String run(@Nullable Tamper tamper) {
		ClientRegistration registration = discover();
		OAuth2AuthorizationExchange exchange = this.browserSteps.run(registration);
		var code = new OAuth2AuthorizationCodeGrantRequest(registration, exchange);
		return (tamper != null) ? tampered(code, tamper) : untouched(code);
	}

	private String untouched(OAuth2AuthorizationCodeGrantRequest code) {
		ClientRegistration registration = code.getClientRegistration();
		Object nonce = code.getAuthorizationExchange().getAuthorizationRequest().getAttribute(OidcParameterNames.NONCE);
		OAuth2AccessTokenResponse response = this.tokens.exchange(code);
		Jwt idToken = this.tokens.verifyIdToken(registration, response, nonce);
		this.tokens.readUserinfo(registration, response, idToken);
		boolean renewed = this.tokens.refresh(registration, response, idToken);
		boolean signedOff = this.browserSteps.signOff(registration, idToken.getTokenValue());
		return "signed in as " + idToken.getSubject() + (renewed ? ", " : ", not ") + "renewed"
				+ (signedOff ? ", " : ", not ") + "signed off";
	}

	private String tampered(OAuth2AuthorizationCodeGrantRequest code, Tamper tamper) {
		this.tokens.exchangeFalsified(code, tamper);
		OAuth2AccessTokenResponse response = this.tokens.exchangeUntouched(code);
		Object idToken = (response != null) ? response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN)
				: null;
		this.browserSteps.signOff(code.getClientRegistration(), idToken);
		return "refused, as it should be: a client assertion whose " + tamper
				+ " was falsified; untouched, it was accepted";
	}

	private ClientRegistration discover() {
		this.transcript.step("Discover the provider");
		try {
			ClientRegistration registration = Objects
				.requireNonNull(this.registrations.findByRegistrationId(PingOne.REGISTRATION_ID));
			this.transcript.value("issuer", String.valueOf(registration.getProviderDetails().getIssuerUri()));
			return registration;
		}
		catch (OAuth2AuthenticationException ex) {
			throw new StepFailure(Map.of("error", ex.getError().getErrorCode(), "description",
					String.valueOf(ex.getError().getDescription())), Advice.OTHER_ISSUER);
		}
		catch (AuthenticationException ex) {
			throw undiscovered(ex);
		}
	}

	private static StepFailure undiscovered(AuthenticationException exception) {
		StepFailure unreachable = StepFailure.ofNetwork(exception);
		if (unreachable != null) {
			return unreachable;
		}
		boolean broken = exception.getCause() instanceof HttpServerErrorException;
		return new StepFailure(Map.of("description", String.valueOf(exception.getMessage())),
				broken ? Advice.BROKEN : Advice.NO_METADATA);
	}

}
