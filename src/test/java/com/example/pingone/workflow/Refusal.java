package com.example.pingone.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * A no in any of the forms that are known of PingOne: an OAuth error in the body or in
 * the query of a redirect, an error of the platform with its list of details, and such an
 * error inside a flow with status 200.
 *
 * @param answer the whole answer
 * @param code the error's code
 * @param detail the code of its first detail, which says more
 * @param target the parameter that it is about
 * @param description the error in words
 * @param error where all this was read
 */
record Refusal(Answer answer, String code, String detail, String target, String description, JsonNode error) {

	private static final Map<String, Advice> KNOWN = Map.of("INVALID_CREDENTIALS", Advice.WRONG_PASSWORD,
			"PASSWORD_LOCKED_OUT", Advice.LOCKED_OUT, "NO_PASSWORD", Advice.NO_PASSWORD, "ACCOUNT_NOT_USABLE",
			Advice.NOT_ALLOWED, "access_denied", Advice.NOT_ALLOWED, "invalid_scope", Advice.SCOPE,
			"unauthorized_client", Advice.GRANT_NOT_ENABLED, "REQUEST_LIMITED", Advice.TOO_MANY_REQUESTS);

	static Refusal of(Answer answer) {
		JsonNode body = answer.body();
		JsonNode error = body.path("error").isObject() ? body.path("error") : body;
		JsonNode detail = error.at("/details/0");
		String code = firstOf(redirected(answer, "error"), text(error, "error"), text(error, "code"));
		String description = firstOf(redirected(answer, "error_description"), text(detail, "message"),
				text(error, "error_description"), text(error, "message"));
		return new Refusal(answer, code, text(detail, "code"), text(detail, "target"), description, error);
	}

	/**
	 * Whether the answer is one at all.
	 */
	static boolean is(Answer answer) {
		return !answer.isOk() || answer.body().has("error");
	}

	/**
	 * Ends the run.
	 * @param otherwise what it means at this step unless the answer says so itself
	 * @return what was said and what it means
	 */
	StepFailure failure(Advice otherwise) {
		Map<String, @Nullable Object> said = new LinkedHashMap<>();
		said.put("status", this.answer.status());
		said.put("code", this.code);
		said.put("detail", this.detail);
		said.put("target", this.target);
		said.put("description", this.description);
		said.put("correlation id", firstOf(this.answer.headers().getFirst("Correlation-Id"), text(this.error, "id")));
		// Where RFC 6750 §3 has the error.
		said.put("WWW-Authenticate", this.answer.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE));
		said.put("seconds until unlock", this.error.findValue("secondsUntilUnlock"));
		said.put("retry after", this.answer.headers().getFirst(HttpHeaders.RETRY_AFTER));
		return new StepFailure(said, advice(otherwise));
	}

	/**
	 * Only the status: there may be codes and tokens in the rest.
	 */
	@Override
	public String toString() {
		return "Refusal[" + this.answer.status() + "]";
	}

	private Advice advice(Advice otherwise) {
		Advice known = KNOWN.containsKey(this.detail) ? KNOWN.get(this.detail) : KNOWN.get(this.code);
		if (known != null) {
			return known;
		}
		String about = (this.target + " " + this.description).toLowerCase(Locale.ROOT);
		if (about.contains("redirect")) {
			return Advice.REDIRECT_URI;
		}
		if (about.contains("code_challenge") || about.contains("pkce")) {
			return Advice.PKCE;
		}
		if (about.contains("scope")) {
			return Advice.SCOPE;
		}
		return Advice.ofStatus(this.answer.status(), otherwise);
	}

	private static String redirected(Answer answer, String parameter) {
		String query = AnsweredUrl.parse(HttpHeaders.LOCATION, firstOf(answer.location())).getRawQuery();
		return String.join(" ", URLUtils.parseParameters(query).getOrDefault(parameter, List.of()));
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

	private static String firstOf(@Nullable String... texts) {
		for (String text : texts) {
			if (text != null && !text.isEmpty()) {
				return text;
			}
		}
		return "";
	}

}
