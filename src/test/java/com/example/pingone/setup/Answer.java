package com.example.pingone.setup;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What came back for one request.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param retryAfter how long the server wants to be left alone, if it says so
 * @param body its JSON, missing if it had none
 * @param problem why there is no answer that can be read
 */
record Answer(int status, @Nullable Duration retryAfter, JsonNode body, @Nullable String problem) {

	static Answer none(String problem) {
		return new Answer(0, null, MissingNode.getInstance(), problem);
	}

	boolean isSuccess() {
		return this.problem == null && this.status >= 200 && this.status < 300;
	}

	/**
	 * Whether the same request may well succeed a moment later.
	 */
	boolean isPassing() {
		return this.status == 0 || this.status == 408 || isRateLimited() || this.status >= 500;
	}

	/**
	 * Whether the request was turned away before it could take effect, so that even a
	 * POST may be repeated.
	 */
	boolean isRateLimited() {
		return this.status == 429;
	}

	/**
	 * Without the body, which may hold a token, a secret or a password.
	 */
	@Override
	public String toString() {
		return "Answer[status=" + this.status + "]";
	}

}
