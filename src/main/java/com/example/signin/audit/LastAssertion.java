package com.example.signin.audit;

import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The client assertion that a request made last, which joins it to what it was made for.
 */
@Component
public class LastAssertion {

	private static final String ATTRIBUTE = ClientAssertionSigned.class.getName();

	@EventListener
	void on(ClientAssertionSigned assertion) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ATTRIBUTE, assertion, RequestAttributes.SCOPE_REQUEST);
		}
	}

	/**
	 * That of the present request.
	 * @return the assertion, or {@code null} if there is no request or it made none
	 */
	public static @Nullable ClientAssertionSigned ofRequest() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		return (request != null)
				? (ClientAssertionSigned) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) : null;
	}

}
