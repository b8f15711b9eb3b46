package com.example.pingone.workflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param help whether only to say how the command is used
 * @param tamper what to falsify in the client assertion, or {@code null} for nothing
 */
record Options(boolean help, @Nullable Tamper tamper) {

	static final String USAGE = """
			PingOne's CLIENT_SECRET_JWT flow, step by step and without a browser

			  ./mvnw -Pworkflow spring-boot:test-run
			  ./mvnw -Pworkflow spring-boot:test-run -Dspring-boot.run.arguments="--tamper audience"

			  --tamper WHAT   falsifies the client assertion on purpose and expects a refusal; WHAT is one of
			                  %s
			  --help          says this

			Settings are environment variables, or lines of .env:
			%s
			With none of them it starts a local provider of its own and signs alice in.

			It ends with 0 when all went as it should, and with another status otherwise.
			""".formatted(Tamper.names(), Settings.usage());

	/**
	 * Reads the command line.
	 * @param arguments its arguments
	 * @return what they ask for
	 * @throws IllegalArgumentException if an argument is unknown; the message names it
	 */
	static Options parse(String... arguments) {
		Deque<String> rest = new ArrayDeque<>(List.of(arguments));
		boolean help = false;
		Tamper tamper = null;
		while (!rest.isEmpty()) {
			String argument = rest.remove();
			switch (argument) {
				case "--help" -> help = true;
				case "--tamper" -> tamper = Tamper.of(rest.isEmpty() ? "" : rest.remove());
				default -> throw new IllegalArgumentException("Unknown option: " + argument);
			}
		}
		return new Options(help, tamper);
	}

}
