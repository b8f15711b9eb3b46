package com.example.signin.logout.backchannel;

import java.util.List;

import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * The sessions that the provider may end.
 */
public interface Sessions {

	/**
	 * Ends sessions, and with them the tokens that they hold.
	 * @param logoutToken says which: those of its {@code sid}, or else all of its
	 * {@code sub}
	 * @return whose they were, one for each
	 */
	List<OidcUser> end(OidcLogoutToken logoutToken);

}
