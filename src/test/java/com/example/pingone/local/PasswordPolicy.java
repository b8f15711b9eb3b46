package com.example.pingone.local;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PingOne's policy "Standard", without the password's history.
 */
final class PasswordPolicy {

	/** At least eight characters of four kinds, none of them three times in a row. */
	private static final List<Pattern> REQUIREMENTS = Stream
		.of(".{8,}", ".*[a-z].*", ".*[A-Z].*", ".*[0-9].*", ".*[^a-zA-Z0-9].*", "(?!.*(.)\\1\\1).*")
		.map(Pattern::compile)
		.toList();

	private static final int DIFFERENT_CHARACTERS = 5;

	private PasswordPolicy() {
	}

	static boolean isSatisfiedBy(String password) {
		return REQUIREMENTS.stream().allMatch((requirement) -> requirement.matcher(password).matches())
				&& password.chars().distinct().count() >= DIFFERENT_CHARACTERS;
	}

}
