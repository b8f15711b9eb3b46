package com.example.signin.client;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

import com.example.signin.settings.InvalidSettingException;

/**
 * What PingOne knows this application by.
 *
 * @param clientId the application's client id
 * @param clientSecret its client secret, unless it is read from a file
 * @param clientSecretFile a file that holds the client secret and nothing else; its
 * present content is what signs, so that a secret can change without a restart
 */
@ConfigurationProperties("pingone")
record ClientProperties(String clientId, @Nullable String clientSecret, @Nullable Path clientSecretFile) {

	static final String SECRET = "pingone.client-secret";

	static final String SECRET_FILE = "pingone.client-secret-file";

	ClientProperties {
		if (!StringUtils.hasText(clientId)) {
			throw new InvalidSettingException("pingone.client-id", "is missing.",
					"Set it to the Client ID that the application's page in PingOne's console shows.");
		}
		boolean secret = StringUtils.hasText(clientSecret);
		boolean secretFile = clientSecretFile != null && StringUtils.hasText(clientSecretFile.toString());
		if (!secret && !secretFile) {
			throw new InvalidSettingException(SECRET, "is missing.",
					"Set it to the Client Secret that the application's page in PingOne's console shows, "
							+ "or set PINGONE_CLIENT_SECRET_FILE to a file that holds it.");
		}
		if (secret && secretFile) {
			throw new InvalidSettingException(SECRET, "and PINGONE_CLIENT_SECRET_FILE are both set.",
					"Keep one of them.");
		}
		clientSecret = secret ? clientSecret : null;
		clientSecretFile = secretFile ? clientSecretFile : null;
	}

	@Override
	public String toString() {
		return "ClientProperties[clientId=" + this.clientId + "]";
	}

}
