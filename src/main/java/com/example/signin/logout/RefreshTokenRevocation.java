package com.example.signin.logout;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import com.example.signin.client.AuthenticatedRequests;
import com.example.signin.client.ErrorDescription;

/**
 * Revokes the refresh token of a session that ends (RFC 7009 §2.1), and with it what it
 * was granted for: PingOne's sign-off leaves tokens as they are. The browser does not
 * wait for it. Each sign-out leaves one task, which ends with the HTTP client's time
 * limit, so that a slow provider delays nobody and few of them add up.
 */
class RefreshTokenRevocation implements LogoutHandler {

	private static final Log logger = LogFactory.getLog(RefreshTokenRevocation.class);

	private final OAuth2AuthorizedClientRepository authorizedClients;

	private final AuthenticatedRequests requests;

	private final TaskExecutor taskExecutor;

	RefreshTokenRevocation(OAuth2AuthorizedClientRepository authorizedClients, AuthenticatedRequests requests,
			TaskExecutor taskExecutor) {
		this.authorizedClients = authorizedClients;
		this.requests = requests;
		this.taskExecutor = taskExecutor;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		if (authentication instanceof OAuth2AuthenticationToken person) {
			try {
				OAuth2AuthorizedClient client = this.authorizedClients
					.loadAuthorizedClient(person.getAuthorizedClientRegistrationId(), person, request);
				revokeLater(client);
			}
			catch (RuntimeException ex) {
				tell(ex);
			}
		}
	}

	private void revokeLater(@Nullable OAuth2AuthorizedClient client) {
		OAuth2RefreshToken refreshToken = (client != null) ? client.getRefreshToken() : null;
		if (client == null || refreshToken == null) {
			return;
		}
		ClientRegistration registration = client.getClientRegistration();
		Object endpoint = registration.getProviderDetails().getConfigurationMetadata().get("revocation_endpoint");
		if (endpoint instanceof String uri) {
			this.taskExecutor.execute(() -> revoke(refreshToken, registration, uri));
		}
	}

	private void revoke(OAuth2RefreshToken refreshToken, ClientRegistration registration, String uri) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add(OAuth2ParameterNames.TOKEN, refreshToken.getTokenValue());
		form.add(OAuth2ParameterNames.TOKEN_TYPE_HINT, OAuth2ParameterNames.REFRESH_TOKEN);
		try {
			this.requests.post(registration, "revocation", uri, form);
		}
		catch (RuntimeException ex) {
			tell(ex);
		}
	}

	private static void tell(RuntimeException exception) {
		logger.warn("The refresh token lives on: " + ErrorDescription.of(exception));
	}

}
