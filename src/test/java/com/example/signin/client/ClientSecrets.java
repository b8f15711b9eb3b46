package com.example.signin.client;

import java.time.Clock;

/**
 * Client secrets for the tests of other rooms.
 */
public final class ClientSecrets {

	private ClientSecrets() {
	}

	public static ClientSecret of(String secret) {
		return new ClientSecret(new ClientProperties("client", secret, null), 32, Clock.systemUTC(), (event) -> {
		});
	}

}
