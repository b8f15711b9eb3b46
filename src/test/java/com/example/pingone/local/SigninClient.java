package com.example.pingone.local;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JWSAlgorithm;

/**
 * An application that signs people in at the provider, for the tests.
 */
record SigninClient(LocalProvider provider, String id, String secret, String redirectUri) {

	private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

	/** With characters that a careless redirect would lose. */
	static final String STATE = "a+b/c=&d e";

	/** The one that each provider starts with. */
	static SigninClient of(LocalProvider provider) {
		return new SigninClient(provider, LocalProvider.CLIENT_ID, LocalProvider.CLIENT_SECRET,
				"http://localhost:8080/login/oauth2/code/pingone");
	}

	/** Another secret for the same application. */
	SigninClient with(String secret) {
		return new SigninClient(this.provider, this.id, secret, this.redirectUri);
	}

	/**
	 * An authorization request.
	 * @param changes of the parameters; an empty value leaves one out
	 */
	Map<String, String> request(Map<String, String> changes) {
		Map<String, String> parameters = new HashMap<>(Map.of("response_type", "code", "client_id", this.id,
				"redirect_uri", this.redirectUri, "scope", "openid profile email", "state", STATE, "code_challenge",
				challenge(), "code_challenge_method", "S256"));
		parameters.putAll(changes);
		parameters.values().removeIf(String::isEmpty);
		return parameters;
	}

	/** Asks for a code. */
	HttpResponse<String> authorize(Browser browser, Map<String, String> changes) {
		return browser.get(this.provider.issuer() + "/authorize?" + Browser.encode(request(changes)));
	}

	/** Goes through the sign-on page as far as it leads. */
	HttpResponse<String> signOn(Browser browser, String username, String password) {
		return browser.signOn(browser.follow(authorize(browser, Map.of())), username, password);
	}

	/** Signs on and exchanges the code. */
	Map<String, Object> tokens(String username, String password) {
		var browser = new Browser();
		var callback = browser.follow(signOn(browser, username, password));
		return Browser.json(token(codeGrant(Objects.requireNonNull(Browser.parameters(callback).get("code")))));
	}

	/** The parameters that exchange a code. */
	Map<String, String> codeGrant(String code) {
		return new HashMap<>(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", this.redirectUri,
				"code_verifier", VERIFIER));
	}

	/** A token request with an assertion. */
	HttpResponse<String> token(Map<String, String> form) {
		return call("/token", form);
	}

	/** A request of any endpoint with an assertion. */
	HttpResponse<String> call(String endpoint, Map<String, String> form) {
		Map<String, String> authenticated = new HashMap<>(form);
		authenticated.put("client_assertion_type", ClientAssertion.TYPE);
		authenticated.put("client_assertion", ClientAssertion.signed(this.provider.issuer(), JWSAlgorithm.HS256,
				this.secret, (claims) -> claims.issuer(this.id).subject(this.id)));
		return new Browser().post(this.provider.issuer() + endpoint, authenticated);
	}

	/**
	 * Whether an assertion under this secret gets as far as its grant, which is unknown.
	 */
	boolean isAuthenticated() {
		return token(Map.of("grant_type", "refresh_token", "refresh_token", "unknown")).body()
			.contains("invalid_grant");
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
