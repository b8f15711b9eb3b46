package com.example.pingone.setup;

import java.net.URI;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

/**
 * A request that PingOne did not fulfil, with all that it says about the reason.
 */
final class ApiException extends SetupException {

	private final transient Answer answer;

	/**
	 * @param remedy what to do when the status alone does not tell
	 */
	ApiException(HttpMethod method, URI uri, Answer answer, String remedy) {
		super(problem(method, uri, answer), remedy(answer, remedy));
		this.answer = answer;
	}

	Answer answer() {
		return this.answer;
	}

	/**
	 * Of a POST: whether it may have created something nevertheless, and the answer got
	 * lost.
	 */
	boolean leavesOpenWhetherItTookEffect() {
		return !saysThatItIsThere() && !this.answer.isRateLimited()
				&& (this.answer.isPassing() || this.answer.problem() != null);
	}

	/**
	 * Of a POST: whether nothing was created, because there is such a thing already.
	 */
	boolean saysThatItIsThere() {
		// PingOne documents 400 with this code; elsewhere the status says it.
		return this.answer.status() == 409 || this.answer.body()
			.path("details")
			.valueStream()
			.anyMatch((detail) -> "UNIQUENESS_VIOLATION".equals(text(detail, "code")));
	}

	private static String problem(HttpMethod method, URI uri, Answer answer) {
		String request = method + " " + uri.getRawPath();
		if (answer.problem() != null) {
			String status = (answer.status() != 0) ? " (status " + answer.status() + ")" : "";
			return request + status + ": " + answer.problem();
		}
		JsonNode body = answer.body();
		// OAuth's names at the token endpoint, PingOne's own everywhere else.
		String code = text(body, body.has("error") ? "error" : "code");
		String message = text(body, body.has("error") ? "error_description" : "message");
		String head = request + " was answered with " + (answer.status() + " " + code).strip()
				+ (message.isEmpty() ? "." : ": " + message);
		String details = body.path("details").valueStream().map(ApiException::detail).collect(Collectors.joining());
		String id = text(body, "id");
		return head + details + (id.isEmpty() ? "" : "\n  PingOne's reference: " + id);
	}

	private static String detail(JsonNode detail) {
		String target = text(detail, "target");
		String limits = detail.path("innerError")
			.propertyStream()
			.map((limit) -> limit.getKey() + " "
					+ (limit.getValue().isString() ? limit.getValue().stringValue() : limit.getValue().toString()))
			.collect(Collectors.joining(", "));
		return "\n  - " + (target.isEmpty() ? "" : target + ": ") + text(detail, "message") + " ("
				+ text(detail, "code") + (limits.isEmpty() ? "" : "; " + limits) + ")";
	}

	private static String text(JsonNode node, String name) {
		return Console.harmless(node.path(name).asString(""));
	}

	private static String remedy(Answer answer, String otherwise) {
		if (answer.status() == 0) {
			return "Check the network, a proxy in between, and that PINGONE_REGION is the region of your environment. "
					+ "Then run the command again: what is done stays done.";
		}
		if (answer.isRateLimited()) {
			String when = (answer.retryAfter() != null) ? "in " + answer.retryAfter().toSeconds() + " s" : "later";
			return "PingOne limits how many requests it takes. Run the command again " + when
					+ ": what is done stays done.";
		}
		if (answer.status() >= 500) {
			return "The fault is PingOne's (https://status.pingidentity.com). Run the command again later: "
					+ "what is done stays done.";
		}
		return otherwise;
	}

}
