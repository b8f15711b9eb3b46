package com.example.pingone.workflow;

import java.net.URI;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * Takes the steps of a sign-in that are a browser's: keeps cookies, follows no redirect.
 */
final class UserAgent {

	private final RestClient restClient;

	UserAgent(RestClient restClient) {
		this.restClient = restClient;
	}

	/**
	 * @throws StepFailure if no answer comes
	 */
	Answer get(URI uri) {
		return Answer.to(this.restClient.get().uri(uri));
	}

	/**
	 * @throws StepFailure if no answer comes
	 */
	Answer post(URI uri, MultiValueMap<String, String> form) {
		return Answer.to(this.restClient.post().uri(uri).contentType(MediaType.APPLICATION_FORM_URLENCODED).body(form));
	}

	/**
	 * @throws StepFailure if no answer comes
	 */
	Answer post(URI uri, String type, Map<String, String> members) {
		// Not as a MediaType, which has no capitals: the name is sent as PingOne writes
		// it.
		return Answer.to(this.restClient.post().uri(uri).header(HttpHeaders.CONTENT_TYPE, type).body(members));
	}

}
