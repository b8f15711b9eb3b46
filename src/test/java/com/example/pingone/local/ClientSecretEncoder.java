package com.example.pingone.local;

import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * Compares a secret that was sent with those of the application, which are kept as they
 * are, since they verify assertions too.
 */
final class ClientSecretEncoder extends AbstractValidatingPasswordEncoder {

	@Override
	protected String encodeNonNullPassword(String secret) {
		return secret;
	}

	@Override
	protected boolean matchesNonNull(String sent, String secrets) {
		return secrets.lines().anyMatch(sent::equals);
	}

}
