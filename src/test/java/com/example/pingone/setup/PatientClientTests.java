package com.example.pingone.setup;

import java.io.IOException;
import java.net.URI;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

import org.springframework.web.client.ResourceAccessException;

import static org.assertj.core.api.Assertions.assertThat;

class PatientClientTests {

	@Test
	void problemWhenTlsFailsThenNamesTheTrustStore() {
		var failure = new ResourceAccessException("", new IOException(new SSLHandshakeException("No trusted path")));
		assertThat(PatientClient.problem(URI.create("https://auth.pingone.eu/as/token"), failure))
			.startsWith("No TLS with auth.pingone.eu (SSLHandshakeException). ")
			.contains("private CA", "JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore");
	}

}
