package com.example.pingone.local;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * The environment's keys, newest first. All are published, the newest signs.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

	/** To find its primes takes longer than to start a provider. */
	private static final RSAKey FIRST = generate();

	private final List<RSAKey> keys = new CopyOnWriteArrayList<>(List.of(FIRST));

	RSAKey current() {
		return this.keys.get(0);
	}

	void rotate() {
		this.keys.add(0, generate());
	}

	@Override
	public List<JWK> get(JWKSelector selector, SecurityContext context) {
		return selector.select(new JWKSet(List.copyOf(this.keys)));
	}

	private static RSAKey generate() {
		try {
			return new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).keyID(UUID.randomUUID().toString()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("This JVM generates no RSA keys", ex);
		}
	}

}
