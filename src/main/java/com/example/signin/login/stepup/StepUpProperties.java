package com.example.signin.login.stepup;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import com.example.signin.login.SigninDemand;
import com.example.signin.settings.InvalidSettingException;

/**
 * Which pages need more than being signed in.
 *
 * @param stepUp the rules, of which the first that names a page's path counts
 */
@ConfigurationProperties("signin")
record StepUpProperties(@DefaultValue List<Rule> stepUp) {

	/**
	 * What some pages need.
	 *
	 * @param paths their paths, as Spring's path patterns
	 * @param acr authentication contexts of which one is needed; for PingOne the names of
	 * sign-on policies
	 * @param maxAge how long ago the person authenticated at most
	 */
	record Rule(@DefaultValue List<String> paths, @DefaultValue List<String> acr, @Nullable Duration maxAge) {

		Rule {
			if (paths.isEmpty() || (acr.isEmpty() && maxAge == null)) {
				throw new InvalidSettingException("signin.step-up",
						"has a rule without paths, or without acr and max-age.",
						"Give each rule its paths, such as signin.step-up[0].paths=/admin/**, and an acr or a max-age.");
			}
			if (maxAge != null && maxAge.toSeconds() < 1) {
				throw new InvalidSettingException("signin.step-up", "has a max-age that no sign-in can meet.",
						"Set signin.step-up[0].max-age to a duration such as 5m.");
			}
		}

		SigninDemand demand() {
			return new SigninDemand(this.maxAge, this.acr);
		}

	}

}
