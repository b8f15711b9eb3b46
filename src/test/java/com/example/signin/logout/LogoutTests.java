package com.example.signin.logout;

import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SigninTest
class LogoutTests {

	private static final Form NOTHING = Form.parse("");

	@LocalServerPort
	int port;

	@Test
	void logoutWhenSignedInThenEndsHereAndAtTheProvider() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		var redirect = visitor.submit("/logout", page, NOTHING);
		var parameters = Form.ofQuery(Visitor.location(redirect));
		assertThat(Visitor.location(redirect)).startsWith(ProviderForTests.RELAY.issuer("localhost") + "/signoff?");
		assertThat(parameters.get("post_logout_redirect_uri"))
			.isEqualTo("http://localhost:" + this.port + "/signed-out");
		assertThat(parameters.get("id_token_hint")).isNotEmpty();
		var signedOut = visitor.follow(redirect);
		assertThat(signedOut.uri().getPath()).isEqualTo("/signed-out");
		assertThat(signedOut.body()).contains("You are signed out");
		var again = visitor.follow(visitor.open("/profile"));
		assertThat(again.body()).contains("name=\"password\"");
	}

	@Test
	void logoutWhenSessionHasExpiredThenSignedOutPage() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		visitor.cookies().getCookieStore().removeAll();
		assertThat(visitor.follow(visitor.submit("/logout", page, NOTHING)).uri().getPath()).isEqualTo("/signed-out");
		assertThat(Visitor.location(Visitor.of(this.port).submit("/logout", NOTHING))).endsWith("/signed-out");
	}

	@Test
	void logoutWhenSecondTimeThenSignedOutPage() {
		Visitor visitor = Visitor.of(this.port);
		var page = visitor.signIn("/profile", "alice");
		visitor.submit("/logout", page, NOTHING);
		assertThat(Visitor.location(visitor.submit("/logout", page, NOTHING))).endsWith("/signed-out");
	}

	@Test
	void logoutWhenForgedThenNobodyIsSignedOut() {
		Visitor visitor = Visitor.of(this.port);
		visitor.signIn("/profile", "alice");
		assertThat(visitor.submit("/logout", NOTHING).statusCode()).isEqualTo(403);
		assertThat(visitor.submit("/logout", NOTHING.with("_csrf", "guess")).statusCode()).isEqualTo(403);
		assertThat(visitor.open("/logout").statusCode()).isEqualTo(404);
		assertThat(visitor.open("/profile").statusCode()).isEqualTo(200);
	}

}
