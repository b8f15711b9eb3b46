package com.example.pingone.setup;

import java.security.SecureRandom;

import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTests {

	@RepeatedTest(50)
	void generateThenSatisfiesTheStandardPolicy() {
		String password = Passwords.generate(new SecureRandom());
		assertThat(password).hasSize(20)
			.containsPattern("[A-Z]")
			.containsPattern("[a-z]")
			.containsPattern("[0-9]")
			.containsPattern("[-_.+=]")
			.matches("[-_.+=A-Za-z0-9]+");
		assertThat(password.chars().distinct()).hasSize(20);
		assertThat(Passwords.generate(new SecureRandom())).isNotEqualTo(password);
	}

}
