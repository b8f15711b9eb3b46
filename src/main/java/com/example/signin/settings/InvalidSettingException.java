package com.example.signin.settings;

import java.util.Locale;

/**
 * A setting with which the application must not start. The message never holds the value
 * of a secret.
 */
public final class InvalidSettingException extends RuntimeException {

	private final String remedy;

	/**
	 * @param property the property's name, such as {@code pingone.issuer}
	 * @param problem what is wrong, as the rest of a sentence that begins with the name
	 * @param remedy what to do, as a sentence
	 */
	public InvalidSettingException(String property, String problem, String remedy) {
		super(nameOf(property) + " " + problem);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

	/**
	 * Both names under which a setting can be given.
	 * @param property the property's name
	 * @return the name with that of the environment variable
	 */
	public static String nameOf(String property) {
		String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
		return property + " (environment variable " + variable + ")";
	}

}
