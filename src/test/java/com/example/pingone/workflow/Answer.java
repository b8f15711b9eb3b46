package com.example.pingone.workflow;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * What an endpoint answered.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, or a missing node if it is not JSON
 */
record Answer(int status, HttpHeaders headers, JsonNode body) {

	private static final int MAX_BODY_BYTES = 512 * 1024;

	/**
	 * Sends a request; whatever comes back is an answer.
	 * @throws StepFailure if nothing comes back
	 */
	static Answer to(RequestHeadersSpec<?> request) {
		try {
			return request.exchangeForRequiredValue((sent, response) -> read(response));
		}
		catch (ResourceAccessException ex) {
			StepFailure unreachable = StepFailure.ofNetwork(ex);
			throw (unreachable != null) ? unreachable : ex;
		}
	}

	private static Answer read(ClientHttpResponse response) throws IOException {
		return new Answer(response.getStatusCode().value(), response.getHeaders(),
				json(response.getBody().readNBytes(MAX_BODY_BYTES)));
	}

	private static JsonNode json(byte[] body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	boolean isOk() {
		return this.status == 200;
	}

	/**
	 * A member of the body.
	 * @param pointer where it is (RFC 6901)
	 * @return its text, or an empty one
	 */
	String text(String pointer) {
		return this.body.at(pointer).asString("");
	}

	@Nullable String location() {
		return this.headers.getFirst(HttpHeaders.LOCATION);
	}

	/**
	 * Only the status: there may be codes and tokens in the rest.
	 */
	@Override
	public String toString() {
		return "Answer[" + this.status + "]";
	}

}
