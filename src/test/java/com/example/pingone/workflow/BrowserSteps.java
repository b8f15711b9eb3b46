package com.example.pingone.workflow;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import com.example.signin.provider.ProviderProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The steps that a browser takes: from the authorization request to the code, by
 * PingOne's flow API, and the sign-off.
 */
final class BrowserSteps {

	private static final String USERNAME_PASSWORD_CHECK = "application/vnd.pingidentity.usernamePassword.check+json";

	private final UserAgent userAgent;

	private final ProviderProperties provider;

	private final Settings settings;

	private final Transcript transcript;

	private final StringKeyGenerator random = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 32);

	BrowserSteps(UserAgent userAgent, ProviderProperties provider, Settings settings, Transcript transcript) {
		this.userAgent = userAgent;
		this.provider = provider;
		this.settings = settings;
		this.transcript = transcript;
	}

	/**
	 * Signs the person on.
	 * @param registration the application, as the provider knows it
	 * @return the authorization request, and the code that answers it
	 * @throws StepFailure if the person is not signed on
	 */
	OAuth2AuthorizationExchange run(ClientRegistration registration) {
		OAuth2AuthorizationRequest request = authorizationRequest(registration);
		Answer started = authorize(request);
		Answer flow = readFlow(started);
		Answer completed = checkUsernamePassword(flow);
		return new OAuth2AuthorizationExchange(request, resume(completed, request));
	}

	private OAuth2AuthorizationRequest authorizationRequest(ClientRegistration registration) {
		String nonce = this.random.generateKey();
		OAuth2AuthorizationRequest.Builder request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
			.clientId(registration.getClientId())
			.redirectUri(ofApplication(Objects.requireNonNull(registration.getRedirectUri()), registration))
			.scopes(registration.getScopes())
			.state(this.random.generateKey())
			.attributes(Map.of(OidcParameterNames.NONCE, nonce))
			.additionalParameters(Map.of(OidcParameterNames.NONCE, nonce, "response_mode", "pi.flow"));
		OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
		return request.build();
	}

	private Answer authorize(OAuth2AuthorizationRequest request) {
		this.transcript.step("Send the authorization request");
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add(OAuth2ParameterNames.RESPONSE_TYPE, request.getResponseType().getValue());
		form.add(OAuth2ParameterNames.CLIENT_ID, request.getClientId());
		form.add(OAuth2ParameterNames.REDIRECT_URI, request.getRedirectUri());
		form.add(OAuth2ParameterNames.SCOPE, String.join(" ", request.getScopes()));
		form.add(OAuth2ParameterNames.STATE, request.getState());
		new TreeMap<>(request.getAdditionalParameters()).forEach((name, value) -> form.add(name, value.toString()));
		Answer answer = this.userAgent.post(AnsweredUrl.target("authorization_endpoint", request.getAuthorizationUri()),
				form);
		boolean redirected = answer.status() / 100 == 3;
		return flow(answer, redirected ? Advice.NO_FLOW : Advice.AUTHORIZE_REFUSED, "USERNAME_PASSWORD_REQUIRED");
	}

	private Answer readFlow(Answer started) {
		this.transcript.step("Read the flow");
		Answer answer = this.userAgent.get(link(started, "/_links/self/href"));
		return flow(answer, Advice.NOT_THERE, "USERNAME_PASSWORD_REQUIRED");
	}

	private Answer checkUsernamePassword(Answer flow) {
		this.transcript.step("Check user name and password");
		Answer answer = this.userAgent.post(link(flow, "/_links/usernamePassword.check/href"), USERNAME_PASSWORD_CHECK,
				Map.of("username", this.settings.userName(), "password", this.settings.userPassword()));
		return flow(answer, (answer.status() == 400) ? Advice.WRONG_PASSWORD : Advice.CREDENTIALS_REFUSED, "COMPLETED");
	}

	private OAuth2AuthorizationResponse resume(Answer completed, OAuth2AuthorizationRequest request) {
		this.transcript.step("Resume the authorization request");
		Answer answer = flow(this.userAgent.get(link(completed, "/resumeUrl")), Advice.NOT_RESUMED, "COMPLETED");
		String code = answer.text("/authorizeResponse/code");
		if (code.isEmpty()) {
			throw Refusal.of(answer).failure(Advice.NOT_RESUMED);
		}
		this.transcript.value(OAuth2ParameterNames.CODE, code);
		String state = answer.text("/authorizeResponse/state");
		this.transcript.value(OAuth2ParameterNames.STATE, state);
		if (!state.equals(request.getState())) {
			throw new StepFailure(Map.of("state", state), Advice.OTHER_STATE);
		}
		return OAuth2AuthorizationResponse.success(code)
			.redirectUri(Objects.requireNonNull(request.getRedirectUri()))
			.state(state)
			.build();
	}

	/**
	 * Ends the person's session at the provider (OpenID Connect RP-Initiated Logout §2).
	 * @param registration the application, as the provider knows it
	 * @param idToken tells whose session; without it, PingOne takes that of the cookie
	 * @return whether there was an endpoint to do so
	 * @throws StepFailure if it does not lead back to the application
	 */
	boolean signOff(ClientRegistration registration, @Nullable Object idToken) {
		this.transcript.step("Sign off");
		if (!(registration.getProviderDetails()
			.getConfigurationMetadata()
			.get("end_session_endpoint") instanceof String endpoint)) {
			this.transcript.value("skipped", "the provider's metadata names no end_session_endpoint");
			return false;
		}
		String target = ofApplication("{baseUrl}/signed-out", registration);
		URI uri = UriComponentsBuilder.fromUri(AnsweredUrl.target("end_session_endpoint", endpoint))
			.queryParamIfPresent("id_token_hint", Optional.ofNullable(idToken))
			.queryParam("post_logout_redirect_uri", "{target}")
			.encode()
			.buildAndExpand(target)
			.toUri();
		Answer answer = this.userAgent.get(uri);
		String location = Objects.requireNonNullElse(answer.location(), "");
		if (answer.status() / 100 != 3 || !location.startsWith(target)) {
			throw new StepFailure(Map.of("status", answer.status(), "redirect", location),
					Advice.ofStatus(answer.status(), Advice.SIGN_OFF_REFUSED));
		}
		this.transcript.value("Location", location);
		return true;
	}

	private Answer flow(Answer answer, Advice otherwise, String expectedStatus) {
		if (Refusal.is(answer)) {
			throw Refusal.of(answer).failure(otherwise);
		}
		String status = answer.text("/status");
		if (status.isEmpty()) {
			throw Refusal.of(answer).failure(Advice.NO_FLOW);
		}
		this.transcript.value("status", status);
		if (!status.equals(expectedStatus)) {
			throw new StepFailure(Map.of("status of the flow", status), Advice.ofUnfinished(status));
		}
		return answer;
	}

	private URI link(Answer flow, String pointer) {
		String href = flow.text(pointer);
		if (!href.startsWith(this.provider.origin() + "/")) {
			throw new StepFailure(Map.of(pointer, href), Advice.FLOW_ELSEWHERE);
		}
		return AnsweredUrl.target(pointer, href);
	}

	private String ofApplication(String template, ClientRegistration registration) {
		return UriComponentsBuilder.fromUriString(template)
			.buildAndExpand(Map.of("baseUrl", this.settings.applicationUrl(), "registrationId",
					registration.getRegistrationId()))
			.toUriString();
	}

}
