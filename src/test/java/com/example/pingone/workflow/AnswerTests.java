package com.example.pingone.workflow;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of an answer.
 */
class AnswerTests {

	private final Answer answer = answer();

	@Test
	void answerWhenPrintedThenHoldsNoSecret() {
		assertThat(this.answer).hasToString("Answer[302]");
	}

	@Test
	void refusalWhenPrintedThenHoldsNoSecret() {
		assertThat(Refusal.of(this.answer)).hasToString("Refusal[302]");
	}

	private static Answer answer() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.LOCATION, "http://localhost:8080/?code=a-code");
		return new Answer(302, headers, JsonMapper.shared().readTree("{\"access_token\":\"a-token\"}"));
	}

}
