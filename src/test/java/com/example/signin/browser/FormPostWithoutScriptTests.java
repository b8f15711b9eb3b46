package com.example.signin.browser;

import java.io.IOException;

import com.example.signin.support.SigninTest;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The authorization request as a form in a browser without scripts: a button sends it.
 */
@SigninTest
@TestPropertySource(properties = "signin.authorization-request.method=post")
class FormPostWithoutScriptTests {

	@LocalServerPort
	int port;

	@Test
	void signInWhenTheButtonIsPressedThenTheProvidersPage() throws IOException {
		try (WebClient client = new WebClient(BrowserVersion.CHROME)) {
			client.getOptions().setJavaScriptEnabled(false);
			HtmlPage form = client.getPage("http://localhost:" + this.port + "/profile");
			HtmlPage signOn = form.<HtmlButton>getFirstByXPath("//button").click();
			assertThat(signOn.asNormalizedText()).contains("Sign on");
		}
	}

}
