package com.example.signin.account;

import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.SessionAttribute;

/**
 * How this sign-in happened.
 */
@Controller
class SessionController {

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final OAuth2AuthorizationRequestResolver authorizationRequests;

	SessionController(OAuth2AuthorizedClientRepository authorizedClients,
			OAuth2AuthorizationRequestResolver authorizationRequests) {
		this.authorizedClients = authorizedClients;
		this.authorizationRequests = authorizationRequests;
	}

	@GetMapping("/session")
	String session(OAuth2AuthenticationToken authentication, HttpServletRequest request,
			@SessionAttribute(name = SigninRecord.ATTRIBUTE, required = false) @Nullable SigninRecord record,
			Model model) {
		String registrationId = authentication.getAuthorizedClientRegistrationId();
		OAuth2AuthorizedClient client = this.authorizedClients.loadAuthorizedClient(registrationId, authentication,
				request);
		if (record != null && client != null
				&& Objects.requireNonNull(authentication.getPrincipal()) instanceof OidcUser user) {
			OAuth2AuthorizationRequest now = Objects
				.requireNonNull(this.authorizationRequests.resolve(request, registrationId));
			model.addAttribute("provider", client.getClientRegistration().getProviderDetails());
			model.addAttribute("startedAt", ClaimsView.text(record.startedAt()));
			model.addAttribute("story", SigninStory.of(record, now, client, user.getIdToken()));
		}
		return "session";
	}

}
