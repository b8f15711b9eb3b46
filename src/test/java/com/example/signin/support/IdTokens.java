package com.example.signin.support;

import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * ID tokens with other claims than the provider would have put into them, and with its
 * signature.
 */
public final class IdTokens {

	private IdTokens() {
	}

	/**
	 * Signs as the provider does.
	 */
	public static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
		RSAKey key = ProviderForTests.PROVIDER.signingKey();
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
				claims.build());
		jwt.sign(new RSASSASigner(key));
		return jwt.serialize();
	}

	/**
	 * Changes the claims of the ID token in a token response.
	 */
	public static Relay.Change with(UnaryOperator<JWTClaimsSet.Builder> change) {
		return (answer) -> answer.put("id_token", signed(change
			.apply(new JWTClaimsSet.Builder(SignedJWT.parse((String) answer.get("id_token")).getJWTClaimsSet()))));
	}

}
