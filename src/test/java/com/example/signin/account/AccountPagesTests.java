package com.example.signin.account;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Form;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.SigninTest;
import com.example.signin.support.Visitor;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SigninTest
class AccountPagesTests {

	@LocalServerPort
	int port;

	@Test
	void profileThenNameEmailSubjectAndAllClaims() {
		var page = Visitor.of(this.port).signIn("/profile", "bob");
		assertThat(page.body()).contains("Bob Example", "bob@example.com", "auth_time", "Single_Factor", "p1.region",
				"<caption>Claims</caption>");
	}

	@Test
	void sessionThenTellsTheMessagesThatWereExchanged() throws Exception {
		Visitor visitor = Visitor.of(this.port);
		String callback = visitor.signInUpToCallback("/session", "alice");
		String[] answer = new String[1];
		ProviderForTests.RELAY.at("/token", (exchange) -> {
			Relay.Response response = exchange.passOn();
			answer[0] = response.text();
			return response;
		});
		var page = visitor.follow(visitor.open(callback));
		Form tokenRequest = ProviderForTests.RELAY.requests("/token").get(0).form();
		SignedJWT assertion = SignedJWT.parse(tokenRequest.get("client_assertion"));
		SignedJWT idToken = SignedJWT.parse(JSONObjectUtils.getString(JSONObjectUtils.parse(answer[0]), "id_token"));
		assertThat(page.body()).contains(Form.ofQuery(callback).get("state"),
				"urn:ietf:params:oauth:client-assertion-type:jwt-bearer", assertion.getJWTClaimsSet().getJWTID(),
				assertion.getJWTClaimsSet().getAudience().get(0), idToken.getHeader().getKeyID(),
				idToken.getJWTClaimsSet().getStringClaim("nonce"), "code_challenge", "HS256", "RS256");
		for (String secret : new String[] { tokenRequest.get("client_assertion"), tokenRequest.get("code"),
				tokenRequest.get("code_verifier"), assertion.getSignature().toString(), idToken.serialize(),
				idToken.getSignature().toString(), LocalProvider.CLIENT_SECRET,
				JSONObjectUtils.getString(JSONObjectUtils.parse(answer[0]), "access_token"),
				JSONObjectUtils.getString(JSONObjectUtils.parse(answer[0]), "refresh_token") }) {
			assertThat(page.body()).doesNotContain(secret);
		}
	}

	@Test
	void homeWhenSignedInThenGreets() {
		Visitor visitor = Visitor.of(this.port);
		assertThat(visitor.open("/").body()).contains("Sign in</a>").doesNotContain("Sign out");
		visitor.signIn("/profile", "alice");
		assertThat(visitor.open("/").body()).contains("You are signed in as", "Alice Example", "Sign out");
	}

}
