package com.example.pingone.workflow;

import java.net.URI;
import java.util.Map;

/**
 * A URL that was answered, and may be none.
 */
final class AnsweredUrl {

	private AnsweredUrl() {
	}

	/**
	 * Reads it.
	 * @param name where it was in the answer
	 * @throws StepFailure if it is malformed
	 */
	static URI parse(String name, String url) {
		try {
			return URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			throw malformed(name, url);
		}
	}

	/**
	 * Reads one that a request can be sent to.
	 * @param name where it was in the answer
	 * @throws StepFailure if it is malformed or names no host
	 */
	static URI target(String name, String url) {
		URI target = parse(name, url);
		if (target.getHost() == null) {
			throw malformed(name, url);
		}
		return target;
	}

	private static StepFailure malformed(String name, String url) {
		// There may be a code in the query.
		return new StepFailure(Map.of(name, url.split("\\?", 2)[0]), Advice.MALFORMED_URL);
	}

}
