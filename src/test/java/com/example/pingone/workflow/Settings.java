package com.example.pingone.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.example.pingone.local.LocalProvider;

import org.springframework.util.StringUtils;

/**
 * The settings of a deployment, and who signs in.
 *
 * @param variables the settings by the names of their environment variables
 */
record Settings(Map<String, String> variables) {

	private static final String ISSUER = "PINGONE_ISSUER";

	private static final String CLIENT_ID = "PINGONE_CLIENT_ID";

	private static final String CLIENT_SECRET = "PINGONE_CLIENT_SECRET";

	private static final String CLIENT_SECRET_FILE = "PINGONE_CLIENT_SECRET_FILE";

	private static final String USER_NAME = "PINGONE_USER_NAME";

	private static final String USER_PASSWORD = "PINGONE_USER_PASSWORD";

	private static final String APPLICATION_URL = "PINGONE_APPLICATION_URL";

	private static final String DEFAULT_APPLICATION_URL = "http://localhost:8080";

	private static final Map<String, String> REQUIRED = required();

	private static Map<String, String> required() {
		Map<String, String> required = new LinkedHashMap<>();
		required.put(ISSUER, "Issuer ID on the application's page in PingOne's console");
		required.put(CLIENT_ID, "Client ID on the same page");
		required.put(CLIENT_SECRET,
				"Client Secret on the same page; or " + CLIENT_SECRET_FILE + ", a file that holds it");
		required.put(USER_NAME, "Username of a person in the environment's directory");
		required.put(USER_PASSWORD, "that person's password");
		return required;
	}

	static String usage() {
		return lines(REQUIRED.keySet().stream()) + "  %-24s where the application runs (default %s)%n"
			.formatted(APPLICATION_URL, DEFAULT_APPLICATION_URL);
	}

	/**
	 * The same settings, but for a local provider and alice.
	 */
	Settings at(LocalProvider provider) {
		Map<String, String> local = new LinkedHashMap<>(this.variables);
		local.put(ISSUER, provider.issuer());
		local.put(CLIENT_ID, LocalProvider.CLIENT_ID);
		local.put(CLIENT_SECRET, LocalProvider.CLIENT_SECRET);
		local.put(USER_NAME, "alice");
		local.put(USER_PASSWORD, "alice-password");
		return new Settings(local);
	}

	boolean nothingConfigured() {
		return Stream.concat(REQUIRED.keySet().stream(), Stream.of(CLIENT_SECRET_FILE)).noneMatch(this::isSet);
	}

	/**
	 * Names what is missing, all at once.
	 * @return a line for each missing setting with where to find it, or an empty text
	 */
	String missing() {
		return lines(REQUIRED.keySet().stream().filter((name) -> !isGiven(name)));
	}

	/**
	 * Tells what is about to be tried, without the secrets.
	 */
	String summary() {
		return "Issuer        %s%nClient        %s%nUser          %s%nApplication   %s%n".formatted(get(ISSUER),
				get(CLIENT_ID), userName(), applicationUrl());
	}

	/**
	 * The client secret, as the application reads it.
	 * @throws UncheckedIOException if it is in a file that cannot be read
	 */
	String clientSecret() {
		if (isSet(CLIENT_SECRET)) {
			return get(CLIENT_SECRET);
		}
		try {
			return Files.readString(Path.of(get(CLIENT_SECRET_FILE))).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String userName() {
		return get(USER_NAME);
	}

	String userPassword() {
		return get(USER_PASSWORD);
	}

	String applicationUrl() {
		return isSet(APPLICATION_URL) ? StringUtils.trimTrailingCharacter(get(APPLICATION_URL), '/')
				: DEFAULT_APPLICATION_URL;
	}

	/**
	 * Only the names: there are secrets among the values.
	 */
	@Override
	public String toString() {
		return "Settings" + this.variables.keySet();
	}

	private boolean isGiven(String name) {
		return isSet(name) || (name.equals(CLIENT_SECRET) && isSet(CLIENT_SECRET_FILE));
	}

	private boolean isSet(String name) {
		return StringUtils.hasText(this.variables.get(name));
	}

	private String get(String name) {
		return Objects.requireNonNull(this.variables.get(name));
	}

	private static String lines(Stream<String> names) {
		return names.map((name) -> "  %-24s %s%n".formatted(name, REQUIRED.get(name))).collect(Collectors.joining());
	}

}
