package com.example.signin;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import com.example.signin.settings.InvalidSettingException;

/**
 * What pages may load and where their forms may lead.
 *
 * @param formAction further origins that a form may lead to, through redirects too; this
 * application and the issuer are always among them
 */
@ConfigurationProperties("signin.content-security-policy")
record ContentSecurityPolicyProperties(@DefaultValue List<String> formAction) {

	private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d+)?");

	ContentSecurityPolicyProperties {
		for (String origin : formAction) {
			if (!ORIGIN.matcher(origin).matches()) {
				throw new InvalidSettingException("signin.content-security-policy.form-action",
						"holds '" + origin + "', which is not an origin.",
						"Set it to origins such as https://apps.example.com, separated by commas.");
			}
		}
	}

	/**
	 * The policy's directives (Content Security Policy Level 3).
	 * @param issuerOrigin where the sign-out leads: a browser checks each redirect that
	 * follows a form against {@code form-action}
	 */
	String directives(String issuerOrigin) {
		String formActions = Stream.concat(Stream.of("'self'", issuerOrigin), this.formAction.stream())
			.collect(Collectors.joining(" "));
		return "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
				+ "script-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action " + formActions;
	}

}
