package com.example.pingone.setup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What the set-up has to be told.
 *
 * @param apiUrl the management API, without a slash at the end
 * @param authUrl the origin of the issuers
 * @param environmentId the environment to prepare
 * @param adminEnvironmentId the environment of the worker application
 * @param adminClientId the worker application's id
 * @param adminClientSecret its secret
 * @param applicationUrl where browsers reach the application, without a slash at the end
 * @param userName the person who is to sign in
 */
record SetupSettings(String apiUrl, String authUrl, String environmentId, String adminEnvironmentId,
		String adminClientId, String adminClientSecret, String applicationUrl, String userName) {

	static final String DEFAULT_APPLICATION_URL = "http://localhost:8080";

	private static final String DEFAULT_USER_NAME = "alice";

	private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

	// Goes into a SCIM filter between quotes; PingOne allows 128 characters.
	private static final Pattern USER_NAME = Pattern.compile("[^\\s\"\\\\\\p{Cntrl}]{1,128}");

	/**
	 * Takes the settings from environment variables.
	 * @param variables the variables
	 * @return the settings
	 * @throws SetupException if some are missing or wrong; it names all of them
	 */
	static SetupSettings from(Map<String, String> variables) {
		return new Reader(variables).read();
	}

	String issuer() {
		return this.authUrl + "/" + this.environmentId + "/as";
	}

	@Override
	public String toString() {
		return "SetupSettings[environmentId=" + this.environmentId + "]";
	}

	/**
	 * Collects what is wrong instead of stopping at the first.
	 */
	private static final class Reader {

		private final Map<String, String> variables;

		private final List<String> problems = new ArrayList<>();

		Reader(Map<String, String> variables) {
			this.variables = variables;
		}

		SetupSettings read() {
			String worker = "Applications > Applications > your Worker application > Overview";
			boolean urls = isSet("PINGONE_API_URL") || isSet("PINGONE_AUTH_URL");
			Optional<Region> region = urls ? Optional.empty() : region();
			String apiUrl = urls ? url("PINGONE_API_URL", null) : region.map(Region::apiUrl).orElse("");
			String authUrl = urls ? url("PINGONE_AUTH_URL", null) : region.map(Region::authUrl).orElse("");
			var settings = new SetupSettings(apiUrl, authUrl,
					id("PINGONE_ENVIRONMENT_ID",
							"the environment to prepare; console: Settings > Environment Properties > Environment ID"),
					id("PINGONE_ADMIN_ENVIRONMENT_ID",
							"the environment of your Worker application; console: that environment's Settings > Environment Properties > Environment ID"),
					id("PINGONE_ADMIN_CLIENT_ID", "console: " + worker + " > Client ID"),
					required("PINGONE_ADMIN_CLIENT_SECRET", "console: " + worker + " > Client Secret"),
					url("PINGONE_APPLICATION_URL", DEFAULT_APPLICATION_URL), userName());
			if (!this.problems.isEmpty()) {
				throw new SetupException(String.join("\n", this.problems),
						"Set them as environment variables, or as lines in .env, and run the command again.");
			}
			return settings;
		}

		private boolean isSet(String name) {
			return StringUtils.hasText(this.variables.get(name));
		}

		private String required(String name, String where) {
			String value = this.variables.get(name);
			if (!StringUtils.hasText(value)) {
				this.problems.add(name + " is missing (" + where + ").");
				return "";
			}
			return value.strip();
		}

		private Optional<Region> region() {
			String where = "NA, CA, EU, AU, SG, AP or a top-level domain; "
					+ "the address of PingOne's console ends with it: console.pingone.eu is eu";
			String name = required("PINGONE_REGION", where);
			Optional<Region> region = Region.of(name);
			if (region.isEmpty() && !name.isEmpty()) {
				this.problems.add("PINGONE_REGION is '" + name + "', which is no region of PingOne (" + where + ").");
			}
			return region;
		}

		private String id(String name, String where) {
			// In the case in which PingOne writes them: the issuer is compared as it is.
			String value = required(name, where).toLowerCase(Locale.ROOT);
			if (!value.isEmpty() && !UUID.matcher(value).matches()) {
				this.problems
					.add(name + " is not a UUID such as 5e1f0c7a-3d52-4c7e-9a64-0b6d1d9a2f10 (" + where + ").");
			}
			return value;
		}

		private String url(String name, @Nullable String byDefault) {
			String value = (byDefault != null && !isSet(name)) ? byDefault
					: required(name, "PINGONE_API_URL and PINGONE_AUTH_URL go together, instead of PINGONE_REGION");
			if (!value.isEmpty() && !isTrustworthy(value)) {
				this.problems.add(name + " is not a URL that begins with https:// (http:// only on this machine itself)"
						+ " and has neither a query nor a fragment.");
			}
			return StringUtils.trimTrailingCharacter(value, '/');
		}

		private static boolean isTrustworthy(String url) {
			try {
				URI uri = URI.create(url);
				return uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri
					.getRawFragment() == null && ("https".equalsIgnoreCase(uri.getScheme())
							|| ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.matcher(uri.getHost()).matches()));
			}
			catch (IllegalArgumentException ex) {
				return false;
			}
		}

		private String userName() {
			String name = isSet("PINGONE_USER_NAME") ? required("PINGONE_USER_NAME", "") : DEFAULT_USER_NAME;
			if (!USER_NAME.matcher(name).matches()) {
				this.problems
					.add("PINGONE_USER_NAME has spaces, quotes or backslashes, or is longer than 128 characters.");
			}
			return name;
		}

	}

}
