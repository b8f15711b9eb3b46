package com.example.signin.account;

import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.SessionAttribute;

import com.example.signin.provider.ProviderUnavailableException;

/**
 * How this sign-in happened. Asking for the tokens renews those that are about to expire.
 */
@Controller
class SessionController {

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final OAuth2AuthorizationRequestResolver authorizationRequests;

	SessionController(OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientRepository authorizedClients,
			OAuth2AuthorizationRequestResolver authorizationRequests) {
		this.manager = manager;
		this.authorizedClients = authorizedClients;
		this.authorizationRequests = authorizationRequests;
	}

	@GetMapping("/session")
	String session(OAuth2AuthenticationToken authentication, HttpServletRequest request, HttpServletResponse response,
			@SessionAttribute(name = SigninRecord.ATTRIBUTE, required = false) @Nullable SigninRecord record,
			Model model) {
		try {
			tell(authentication, request, response, record, model);
		}
		catch (ProviderUnavailableException ex) {
			// Restarted, and the provider's metadata cannot be had yet.
			model.addAttribute("providerUnavailable", true);
		}
		return "session";
	}

	private void tell(OAuth2AuthenticationToken authentication, HttpServletRequest request,
			HttpServletResponse response, @Nullable SigninRecord record, Model model) {
		OAuth2AuthorizedClient client = tokens(authentication, request, response, model);
		if (record != null && client != null && authentication.getPrincipal() instanceof OidcUser user) {
			OAuth2AuthorizationRequest now = Objects.requireNonNull(
					this.authorizationRequests.resolve(request, authentication.getAuthorizedClientRegistrationId()));
			model.addAttribute("story", SigninStory.of(record, now, client, user.getIdToken(),
					(Renewal) request.getSession().getAttribute(Renewal.ATTRIBUTE)));
		}
	}

	/**
	 * The tokens, renewed where that is due. A renewal that fails because of the provider
	 * leaves those that are there.
	 */
	private @Nullable OAuth2AuthorizedClient tokens(OAuth2AuthenticationToken authentication,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		String registrationId = authentication.getAuthorizedClientRegistrationId();
		try {
			return this.manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(registrationId)
				.principal(authentication)
				.attribute(HttpServletRequest.class.getName(), request)
				.attribute(HttpServletResponse.class.getName(), response)
				.build());
		}
		catch (ClientAuthorizationRequiredException ex) {
			throw ex;
		}
		catch (ClientAuthorizationException ex) {
			model.addAttribute("renewalFailed", true);
			return this.authorizedClients.loadAuthorizedClient(registrationId, authentication, request);
		}
	}

}
