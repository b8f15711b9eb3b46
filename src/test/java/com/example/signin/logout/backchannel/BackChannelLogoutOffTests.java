package com.example.signin.logout.backchannel;

import com.example.signin.support.Form;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;

import static org.assertj.core.api.Assertions.assertThat;

@SigninTest
class BackChannelLogoutOffTests {

	@LocalServerPort
	int port;

	@Test
	void endpointWhenNotAskedForThenNotThere(@Autowired ObjectProvider<OidcSessionRegistry> registry) {
		Visitor provider = Visitor.of(this.port);
		assertThat(provider.submit("/logout/connect/back-channel/pingone", Form.parse("").with("logout_token", "a.b.c"))
			.statusCode()).isEqualTo(404);
		assertThat(registry).isEmpty();
	}

}
