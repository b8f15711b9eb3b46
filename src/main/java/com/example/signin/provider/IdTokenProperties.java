package com.example.signin.provider;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

import com.example.signin.settings.InvalidSettingException;

/**
 * What the provider's signatures have to be like. A type that knows neither {@code none}
 * nor an HMAC: nobody can allow them.
 *
 * @param algorithms the algorithms with which the provider may sign ID tokens and what
 * else it says about people: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or
 * ES512
 */
@ConfigurationProperties("signin.id-token")
record IdTokenProperties(@DefaultValue("RS256") Set<SignatureAlgorithm> algorithms) {

	IdTokenProperties {
		if (algorithms.isEmpty()) {
			throw new InvalidSettingException("signin.id-token.algorithms", "names no algorithm.",
					"Set it to the one with which your application's ID tokens are signed, "
							+ "or leave it out to use RS256, which is PingOne's.");
		}
	}

}
