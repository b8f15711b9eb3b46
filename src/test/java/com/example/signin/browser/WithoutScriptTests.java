package com.example.signin.browser;

import java.io.IOException;

import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.SigninTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same ways in a browser without scripts, which every machine has.
 */
@SigninTest
class WithoutScriptTests {

	private final WebClient client = new WebClient(BrowserVersion.CHROME);

	@LocalServerPort
	int port;

	@BeforeEach
	void prepare() {
		this.client.getOptions().setJavaScriptEnabled(false);
		this.client.getOptions().setCssEnabled(false);
		this.client.getOptions().setThrowExceptionOnFailingStatusCode(false);
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void startPageWhenSignInThenProfile() throws IOException {
		HtmlPage signOn = open("/").getAnchorByText("Sign in").click();
		HtmlPage profile = signOn(signOn, "alice", "alice-password");
		assertThat(profile.getUrl()).hasPath("/profile");
		assertThat(profile.asNormalizedText()).contains("Alice Example", "alice@example.com",
				"a11ce000-5b1c-4a7e-8f3d-6e2d9c0b4a71");
	}

	@Test
	void sessionPageWhenSignedInThenClaimsButNeitherTokenNorSecret() throws IOException {
		HtmlPage session = signOn(open("/session"), "alice", "alice-password");
		assertThat(session.getUrl()).hasPath("/session");
		assertThat(session.asNormalizedText()).contains("Client assertion: claims", "jti", LocalProvider.CLIENT_ID);
		assertThat(session.getWebResponse().getContentAsString()).doesNotContain(LocalProvider.CLIENT_SECRET)
			.doesNotContainPattern("eyJ[\\w-]+\\.");
	}

	@Test
	void signOutWhenSignInAgainThenPasswordAskedAgain() throws IOException {
		HtmlPage profile = signOn(open("/profile"), "alice", "alice-password");
		HtmlPage signedOut = button(profile, "Sign out").click();
		assertThat(signedOut.getUrl()).hasPath("/signed-out");
		HtmlPage again = signOn(signedOut.getAnchorByText("Sign in again").click(), "bob", "bob-password");
		assertThat(again.asNormalizedText()).contains("Bob Example").doesNotContain("Alice");
	}

	@Test
	void signInWhenPasswordWrongThenAskedAgain() throws IOException {
		HtmlPage again = signOn(open("/profile"), "alice", "wrong");
		assertThat(again.asNormalizedText()).contains("Incorrect user name or password");
		assertThat(signOn(again, "alice", "alice-password").getUrl()).hasPath("/profile");
	}

	@Test
	void signInWhenCancelledThenFailurePageAndTryAgain() throws IOException {
		HtmlPage failure = button(open("/session"), "Cancel").click();
		assertThat(failure.getWebResponse().getStatusCode()).isEqualTo(403);
		assertThat(failure.asNormalizedText()).contains("You are not signed in");
		HtmlPage again = failure.getAnchorByText("Try again").click();
		assertThat(signOn(again, "alice", "alice-password").getUrl()).hasPath("/session");
	}

	private HtmlPage open(String path) throws IOException {
		return this.client.getPage("http://localhost:" + this.port + path);
	}

	private static HtmlPage signOn(HtmlPage page, String userName, String password) throws IOException {
		page.<HtmlInput>getHtmlElementById("username").setValue(userName);
		page.<HtmlInput>getHtmlElementById("password").setValue(password);
		return button(page, "Sign on").click();
	}

	private static HtmlButton button(HtmlPage page, String label) {
		return page.getFirstByXPath("//button[normalize-space()='" + label + "']");
	}

}
