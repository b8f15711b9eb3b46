package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The application, as the provider meets it.
 */
record Client(String issuer) {

	static final String REDIRECT_URI = "http://localhost:8080/login/oauth2/code/pingone";

	static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

	/** With characters that a careless redirect would lose. */
	static final String STATE = "a+b/c=&d e";

	static Map<String, String> request(Map<String, String> parameters) {
		var request = new HashMap<>(Map.of("response_type", "code", "client_id", LocalProvider.CLIENT_ID,
				"redirect_uri", REDIRECT_URI, "scope", "openid profile email", "state", STATE, "code_challenge",
				challenge(), "code_challenge_method", "S256"));
		request.putAll(parameters);
		return request;
	}

	String authorizeUri(Map<String, String> request) {
		return this.issuer + "/authorize?" + Browser.encode(request);
	}

	static Map<String, String> codeForm(String code) {
		return new HashMap<>(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT_URI,
				"code_verifier", VERIFIER));
	}

	/**
	 * Calls an endpoint with a client assertion.
	 */
	HttpResponse<String> call(String endpoint, Map<String, String> form) {
		Map<String, String> authenticated = new HashMap<>(form);
		authenticated.put("client_assertion_type", ClientAssertion.TYPE);
		authenticated.put("client_assertion", ClientAssertion.of(this.issuer));
		return new Browser().post(this.issuer + endpoint, authenticated);
	}

	private static String challenge() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
