package com.example.signin.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import com.example.signin.settings.InvalidSettingException;

/**
 * How long a session lasts.
 *
 * @param maxAge after how long a person has to sign in again, however busy the session
 * was
 */
@ConfigurationProperties("signin.session")
public record SessionLifetimeProperties(@DefaultValue("12h") Duration maxAge) {

	public SessionLifetimeProperties {
		if (maxAge.isZero() || maxAge.isNegative()) {
			throw new InvalidSettingException("signin.session.max-age", "is not longer than nothing.",
					"Set it to a duration such as 8h, or leave it out to use 12h.");
		}
	}

}
