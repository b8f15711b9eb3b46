package com.example.signin;

import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SigninTest
class SigninTests {

	@LocalServerPort
	int port;

	@Test
	void protectedPageWhenNotSignedInThenSignInAndLandOnIt() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/session?tab=1", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri().toString()).endsWith("/session?tab=1");
		assertThat(page.body()).contains("How this sign-in happened", "client_assertion_type");
		assertThat(visitor.cookieNames()).contains("signin-session")
			.noneMatch((name) -> name.startsWith("signin-attempt-"));
	}

}
