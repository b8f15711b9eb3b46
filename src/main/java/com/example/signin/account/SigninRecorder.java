package com.example.signin.account;

import java.time.Instant;

import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.event.OAuth2AuthorizedClientRefreshedEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import com.example.signin.audit.LastAssertion;
import com.example.signin.audit.SignedIn;

/**
 * Writes down how a sign-in and its last renewal happened, for the page that tells it.
 */
@Component
class SigninRecorder {

	@EventListener
	void on(SignedIn signedIn) {
		RequestContextHolder.currentRequestAttributes()
			.removeAttribute(Renewal.ATTRIBUTE, RequestAttributes.SCOPE_SESSION);
		remember(SigninRecord.ATTRIBUTE, new SigninRecord(signedIn.state(), signedIn.nonce(), signedIn.codeChallenge(),
				signedIn.startedAt(), Instant.now(), LastAssertion.ofRequest()));
	}

	@EventListener(OAuth2AuthorizedClientRefreshedEvent.class)
	void onRenewal() {
		remember(Renewal.ATTRIBUTE, new Renewal(Instant.now(), LastAssertion.ofRequest()));
	}

	private static void remember(String attribute, Object value) {
		RequestContextHolder.currentRequestAttributes().setAttribute(attribute, value, RequestAttributes.SCOPE_SESSION);
	}

}
