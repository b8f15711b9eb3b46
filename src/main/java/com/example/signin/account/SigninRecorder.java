package com.example.signin.account;

import java.time.Instant;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.SignedIn;

/**
 * Writes down how a sign-in happened, for the page that tells it.
 */
@Component
class SigninRecorder {

	private static final String ASSERTION = ClientAssertionSigned.class.getName();

	@EventListener
	void on(ClientAssertionSigned assertion) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ASSERTION, assertion, RequestAttributes.SCOPE_REQUEST);
		}
	}

	@EventListener
	void on(SignedIn signedIn) {
		RequestAttributes request = RequestContextHolder.currentRequestAttributes();
		ClientAssertionSigned assertion = (ClientAssertionSigned) request.getAttribute(ASSERTION,
				RequestAttributes.SCOPE_REQUEST);
		request.setAttribute(SigninRecord.ATTRIBUTE, new SigninRecord(signedIn.state(), signedIn.codeChallenge(),
				signedIn.startedAt(), Instant.now(), assertion), RequestAttributes.SCOPE_SESSION);
	}

}
