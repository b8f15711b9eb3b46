package com.example.signin.audit;

import java.io.Serializable;
import java.time.Instant;

/**
 * A client assertion was made for one request to the provider: its header and claims,
 * never the token itself (RFC 7523 §3, OIDC Core §9).
 *
 * @param purpose what the client is authenticated for: a grant type, or
 * {@code pushed_authorization_request}, {@code revocation}, {@code preflight}
 * @param algorithm the header's {@code alg}
 * @param clientId the claims {@code iss} and {@code sub}, which are the same
 * @param audience the claim {@code aud}
 * @param jwtId the claim {@code jti}
 * @param issuedAt the claim {@code iat}
 * @param expiresAt the claim {@code exp}
 */
public record ClientAssertionSigned(String purpose, String algorithm, String clientId, String audience, String jwtId,
		Instant issuedAt, Instant expiresAt) implements Serializable {
}
