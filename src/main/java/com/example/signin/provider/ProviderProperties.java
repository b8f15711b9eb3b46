package com.example.signin.provider;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

import com.example.signin.settings.InvalidSettingException;

/**
 * The provider's one setting; everything else about it is discovered.
 *
 * @param issuer the issuer identifier, for PingOne
 * {@code https://auth.pingone.<tld>/<environment id>/as}
 */
@ConfigurationProperties("pingone")
public record ProviderProperties(String issuer) {

	private static final String ISSUER = "pingone.issuer";

	private static final String REMEDY = "Set it to the issuer of your PingOne environment, "
			+ "https://auth.pingone.<tld>/<environment id>/as; the application's page in PingOne's console shows it as Issuer ID.";

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

	/**
	 * @throws InvalidSettingException if the issuer is missing or not one that can be
	 * trusted
	 */
	public ProviderProperties {
		if (!StringUtils.hasText(issuer)) {
			throw new InvalidSettingException(ISSUER, "is missing.", REMEDY);
		}
		URI uri = parse(issuer);
		if (uri == null || uri.getHost() == null || uri.getRawAuthority().endsWith(":")) {
			throw new InvalidSettingException(ISSUER, "is '" + issuer + "', which is not a URL.", REMEDY);
		}
		if (uri.getRawUserInfo() != null) {
			throw new InvalidSettingException(ISSUER, "holds a user name or password.", REMEDY);
		}
		// OIDC Discovery §3: https, no query, no fragment.
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new InvalidSettingException(ISSUER,
					"is '" + issuer + "'; an issuer has neither a query nor a fragment.", REMEDY);
		}
		if (issuer.endsWith("/as/")) {
			throw new InvalidSettingException(ISSUER,
					"is '" + issuer + "'; PingOne's issuer does not end with a slash.", REMEDY);
		}
		boolean secure = "https".equalsIgnoreCase(uri.getScheme());
		boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.matcher(uri.getHost()).matches();
		if (!secure && !local) {
			throw new InvalidSettingException(ISSUER,
					"is '" + issuer + "'; an issuer begins with https:// (http:// only on this machine itself).",
					REMEDY);
		}
	}

	private static @Nullable URI parse(String issuer) {
		try {
			return URI.create(issuer);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The issuer's scheme, host and port, as a Content-Security-Policy names a source.
	 * @return the origin
	 */
	public String origin() {
		URI uri = URI.create(this.issuer);
		return uri.getScheme() + "://" + uri.getRawAuthority();
	}

}
