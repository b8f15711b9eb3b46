package com.example.signin.logout.backchannel;

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import com.example.signin.audit.SignedOut;
import com.example.signin.client.ErrorDescription;

/**
 * Ends the sessions that a logout token names, by {@code sid} or else all of {@code sub},
 * without a call to itself as the framework makes it. A token that comes again ends
 * nothing that a first one would not: until it expires there is no need to remember it.
 */
class BackChannelLogout {

	private static final Log logger = LogFactory.getLog(BackChannelLogout.class);

	private final LogoutTokenDecoder logoutTokens;

	private final Sessions sessions;

	private final ApplicationEventPublisher events;

	BackChannelLogout(LogoutTokenDecoder logoutTokens, Sessions sessions, ApplicationEventPublisher events) {
		this.logoutTokens = logoutTokens;
		this.sessions = sessions;
		this.events = events;
	}

	/**
	 * Answers as Back-Channel Logout §2.8 has it: 200 when the sessions have ended, also
	 * if there was none, or 400 with the error; never to be stored, as Spring Security
	 * tells all caches.
	 */
	ServerResponse handle(ServerRequest request) {
		try {
			end(this.logoutTokens.decode(request.param("logout_token").orElse("")));
			return ServerResponse.ok().build();
		}
		catch (BadJwtException ex) {
			return refuse(ex, OAuth2ErrorCodes.INVALID_REQUEST, "The logout token is missing or not valid");
		}
		catch (JwtException | AuthenticationException ex) {
			return refuse(ex, OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE, "The logout token cannot be verified now");
		}
	}

	private void end(OidcLogoutToken logoutToken) {
		List<OidcUser> signedOut = this.sessions.end(logoutToken);
		signedOut.forEach((person) -> this.events.publishEvent(SignedOut.of(SignedOut.Kind.BACK_CHANNEL, person)));
		logger.info("Sessions ended by the provider: " + signedOut.size());
	}

	private static ServerResponse refuse(Exception cause, String error, String description) {
		logger.warn("Back-channel logout refused: " + ErrorDescription.of(cause));
		return ServerResponse.badRequest()
			.body(Map.of(OAuth2ParameterNames.ERROR, error, OAuth2ParameterNames.ERROR_DESCRIPTION, description));
	}

}
