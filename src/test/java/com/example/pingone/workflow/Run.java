package com.example.pingone.workflow;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Relay;

/**
 * One run of the workflow, as the shell sees it.
 *
 * @param status the exit status
 * @param output all that was printed
 */
public record Run(int status, String output) {

	/**
	 * Runs it with nothing but these settings.
	 */
	public static Run with(Map<String, String> variables, String... args) {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		int status = Workflow.run(variables, new PrintStream(printed, true, StandardCharsets.UTF_8), args);
		return new Run(status, printed.toString(StandardCharsets.UTF_8));
	}

	/**
	 * The settings with which alice signs in at a local provider.
	 */
	static Map<String, String> alice(Relay relay) {
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("PINGONE_ISSUER", relay.issuer("localhost"));
		variables.put("PINGONE_CLIENT_ID", LocalProvider.CLIENT_ID);
		variables.put("PINGONE_CLIENT_SECRET", LocalProvider.CLIENT_SECRET);
		variables.put("PINGONE_USER_NAME", "alice");
		variables.put("PINGONE_USER_PASSWORD", "alice-password");
		return variables;
	}

	static Run ofAlice(Relay relay, String... args) {
		return with(alice(relay), args);
	}

	/**
	 * Lets alice sign in with one setting changed.
	 */
	static Run ofAlice(Relay relay, Map<String, String> changed) {
		Map<String, String> variables = alice(relay);
		variables.putAll(changed);
		return with(variables);
	}

}
