package com.example.pingone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Settings in a file, as {@code docker run --env-file} reads it: lines of
 * {@code NAME=value}, comments that begin with {@code #}, nothing expanded. Quotes around
 * a value, which Docker would take for a part of it, are left out.
 *
 * @param settings the settings by their names, in the order of the file
 */
public record DotEnv(Map<String, String> settings) {

	/** The file in the working directory. */
	public static final Path FILE = Path.of(".env");

	private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.-]*)=(.*)");

	/** What looks like a setting to people, and is none to Docker. */
	private static final Pattern NEARLY = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=.*");

	private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+");

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");

	/**
	 * Reads a file.
	 * @param file the file, which need not be there
	 * @return its settings, none if there is no such file
	 * @throws UncheckedIOException if it is there and cannot be read
	 * @throws IllegalStateException if lines look like settings and are none; it names
	 * them
	 */
	public static DotEnv read(Path file) {
		Map<String, String> settings = new LinkedHashMap<>();
		List<String> unreadable = new ArrayList<>();
		for (String line : lines(file)) {
			Matcher setting = SETTING.matcher(line.stripTrailing());
			Matcher nearly = NEARLY.matcher(line.stripTrailing());
			if (setting.matches()) {
				settings.put(setting.group(1), unquoted(setting.group(2).strip()));
			}
			else if (nearly.matches()) {
				unreadable.add(nearly.group(1));
			}
		}
		if (!unreadable.isEmpty()) {
			throw new IllegalStateException(file + " sets " + String.join(", ", unreadable)
					+ " otherwise than as NAME=value: without export, and without spaces around the equals sign.");
		}
		return new DotEnv(settings);
	}

	/**
	 * Writes settings into a file that only its owner may read. The file's other lines
	 * stay as they are.
	 * @param file the file, which need not be there
	 * @param settings the settings to add or replace
	 * @throws UncheckedIOException if it cannot be read or written
	 */
	public static void write(Path file, Map<String, String> settings) {
		Map<String, String> missing = new LinkedHashMap<>(settings);
		List<String> present = lines(file);
		String lineEnd = present.stream().anyMatch((line) -> line.endsWith("\r\n")) ? "\r\n" : "\n";
		List<String> lines = new ArrayList<>();
		for (String line : present) {
			Matcher setting = SETTING.matcher(line.stripTrailing());
			if (!setting.matches() || !settings.containsKey(setting.group(1))) {
				lines.add(line.endsWith("\n") ? line : line + lineEnd);
			}
			else if (missing.containsKey(setting.group(1))) {
				lines.add(setting.group(1) + "=" + missing.remove(setting.group(1)) + lineEnd);
			}
		}
		missing.forEach((name, value) -> lines.add(name + "=" + value + lineEnd));
		try {
			PrivateFile.replace(file, String.join("", lines));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds the settings to an environment, where they read like environment variables.
	 * The real ones win. Those of the worker application, which only the set-up needs,
	 * stay out.
	 * @param environment the environment, which has the real variables already
	 */
	public void addTo(ConfigurableEnvironment environment) {
		Map<String, Object> added = new LinkedHashMap<>(this.settings);
		added.keySet().removeIf((name) -> name.startsWith("PINGONE_ADMIN_"));
		String realVariables = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		// The end of the name is what tells Spring Boot to read PINGONE_ISSUER as
		// pingone.issuer.
		environment.getPropertySources()
			.addAfter(realVariables, new SystemEnvironmentPropertySource("dotenv-" + realVariables, added));
	}

	/**
	 * Lays real environment variables over the settings.
	 * @param variables the real variables, which win
	 * @return both together
	 */
	public Map<String, String> overriddenBy(Map<String, String> variables) {
		Map<String, String> both = new LinkedHashMap<>(this.settings);
		both.putAll(variables);
		return both;
	}

	/**
	 * Only the names: there may be secrets among the values.
	 */
	@Override
	public String toString() {
		return "DotEnv" + this.settings.keySet();
	}

	/** With their ends, so that those that stay are written as they were. */
	private static List<String> lines(Path file) {
		try {
			String content = Files.readString(file);
			return LINE.matcher(content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content)
				.results()
				.map(MatchResult::group)
				.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String unquoted(String value) {
		Matcher quoted = QUOTED.matcher(value);
		if (!quoted.matches()) {
			return value;
		}
		return (quoted.group(1) != null) ? quoted.group(1) : quoted.group(2);
	}

}
