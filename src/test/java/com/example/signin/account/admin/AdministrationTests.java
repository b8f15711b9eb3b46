package com.example.signin.account.admin;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;

import com.example.signin.support.IdTokens;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Roles from a claim, and the page that needs one.
 */
@SigninTest
@TestPropertySource(properties = "signin.roles.claim=groups")
class AdministrationTests {

	private static final Relay RELAY = ProviderForTests.RELAY;

	@LocalServerPort
	int port;

	@Test
	void administrationWhenPersonHasTheRoleThenShown() {
		Visitor alice = Visitor.of(this.port);
		HttpResponse<String> page = alice.signIn("/admin", "alice");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<h1>Administration</h1>", "Alice Example");
		assertThat(alice.open("/profile").body()).contains("<dd>Administrators, Night Shift</dd>", "href=\"/admin\"");
	}

	@Test
	void administrationWhenPersonLacksTheRoleThenSaysSoAndThePersonStaysSignedIn() {
		Visitor bob = Visitor.of(this.port);
		HttpResponse<String> page = bob.signIn("/admin", "bob");
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.uri().getPath()).isEqualTo("/admin");
		assertThat(page.body()).contains("This page is not for you", "Bob Example", "href=\"/profile\"");
		assertThat(bob.open("/profile").statusCode()).isEqualTo(200);
		assertThat(bob.open("/profile").body()).doesNotContain("<dt>Roles</dt>", "href=\"/admin\"");
	}

	@Test
	void administrationWhenNobodyIsSignedInThenSignIn() {
		assertThat(Visitor.location(Visitor.of(this.port).open("/admin"))).contains("/as/authorize?");
		assertThat(Visitor.of(this.port).fetch("/admin").statusCode()).isEqualTo(401);
	}

	@Test
	void administrationWhenNoClaimIsConfiguredThenForNobody() {
		try (RunningApplication application = RunningApplication.with()) {
			assertThat(application.visitor().signIn("/admin", "alice").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void administrationWhenTokensAreRenewedThenStillShown() {
		Visitor alice = signedInForASecond();
		assertThat(alice.open("/session").body()).contains("The refresh token was redeemed last on");
		assertThat(alice.open("/admin").statusCode()).isEqualTo(200);
	}

	@Test
	void administrationWhenRoleIsGoneAtARenewalThenNoLonger() {
		Visitor alice = signedInForASecond();
		answerTokens(300, (claims) -> claims.claim("groups", null));
		assertThat(alice.open("/session").body()).contains("The refresh token was redeemed last on");
		assertThat(alice.open("/admin").statusCode()).isEqualTo(403);
	}

	@Test
	void administrationWhenUserinfoNamesTheRoleThenShown() {
		try (RunningApplication application = RunningApplication.with("signin.roles.claim=groups",
				"signin.userinfo=always")) {
			answerTokens(300, (claims) -> claims.claim("groups", null));
			assertThat(application.visitor().signIn("/admin", "alice").statusCode()).isEqualTo(200);
		}
	}

	private Visitor signedInForASecond() {
		answerTokens(1, (claims) -> claims);
		Visitor alice = Visitor.of(this.port);
		assertThat(alice.signIn("/admin", "alice").statusCode()).isEqualTo(200);
		RELAY.reset();
		return alice;
	}

	private static void answerTokens(int expiresIn, UnaryOperator<JWTClaimsSet.Builder> change) {
		RELAY.at("/token",
				(exchange) -> exchange.passOn()
					.changed(IdTokens.with(change))
					.changed((answer) -> answer.put("expires_in", expiresIn)));
	}

}
