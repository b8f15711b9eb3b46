package com.example.pingone.setup;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerTests {

	@Test
	void toStringThenHoldsNothingOfTheBody() {
		var body = JsonMapper.shared().createObjectNode().put("secret", "very-secret");
		assertThat(new Answer(200, null, body, null)).hasToString("Answer[status=200]");
	}

}
