package com.example.signin.provider;

import java.io.IOException;
import java.io.InputStream;

import com.nimbusds.jose.util.BoundedInputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose body ends with an {@link IOException} when it is larger than anything
 * that a provider has to say.
 */
record BoundedResponse(ClientHttpResponse response) implements ClientHttpResponse {

	private static final int MAX_BODY_BYTES = 512 * 1024;

	@Override
	public InputStream getBody() throws IOException {
		return new BoundedInputStream(this.response.getBody(), MAX_BODY_BYTES);
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public void close() {
		this.response.close();
	}

}
