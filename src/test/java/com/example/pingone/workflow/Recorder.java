package com.example.pingone.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Shows what goes over the wire, whoever sends it: the steps, or the application's own
 * clients.
 *
 * @param transcript where it is shown
 */
record Recorder(Transcript transcript) implements ClientHttpRequestInterceptor, RestClientCustomizer {

	@Override
	public void customize(RestClient.Builder builder) {
		builder.requestInterceptor(this);
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		this.transcript.request(request.getMethod().name(), request.getURI(), request.getHeaders(),
				parameters(request, body));
		long start = System.nanoTime();
		try {
			ClientHttpResponse response = execution.execute(request, body);
			this.transcript.answer(response.getStatusCode().value(), since(start), response.getHeaders());
			return response;
		}
		catch (IOException ex) {
			this.transcript.noAnswer(since(start));
			throw ex;
		}
	}

	private static Map<String, String> parameters(HttpRequest request, byte[] body) {
		Map<String, String> parameters = new LinkedHashMap<>(form(request.getURI().getRawQuery()));
		MediaType type = request.getHeaders().getContentType();
		if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
			parameters.putAll(form(new String(body, StandardCharsets.US_ASCII)));
		}
		else if (body.length > 0) {
			JsonMapper.shared().readTree(body).forEachEntry((name, value) -> parameters.put(name, value.asString()));
		}
		return parameters;
	}

	private static Map<String, String> form(@Nullable String encoded) {
		Map<String, String> parameters = new LinkedHashMap<>();
		URLUtils.parseParameters(encoded).forEach((name, values) -> parameters.put(name, String.join(" ", values)));
		return parameters;
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
