package com.example.pingone.workflow;

import java.util.List;

/**
 * What a failure most likely means, and what to do about it. The order of the actions is
 * that of experience: the most frequent cause comes first.
 */
enum Advice {

	UNREACHABLE("The provider cannot be reached, or did not answer in time.",
			"Check the host in PINGONE_ISSUER: the top-level domain is that of your region (com, ca, eu, com.au, sg, asia).",
			"Check network, proxy (-Dhttps.proxyHost) and, if a proxy re-signs TLS, spring.http.clients.ssl.bundle."),

	NO_METADATA("There is no OpenID Connect provider at this issuer.",
			"Compare PINGONE_ISSUER with Issuer ID on the application's page: https://auth.pingone.<tld>/<environment id>/as.",
			"Check the environment id, and that the region's top-level domain is that of this environment."),

	OTHER_ISSUER("The metadata found there is that of another issuer.",
			"Set PINGONE_ISSUER to the issuer that the metadata names, to the letter: no slash at the end.",
			"With a custom domain, use https://<custom domain>/as everywhere, or nowhere."),

	AUTHORIZE_REFUSED("PingOne refuses the authorization request.",
			"Add the redirect_uri shown above to the application's Redirect URIs, to the letter (PINGONE_APPLICATION_URL).",
			"Compare PINGONE_CLIENT_ID with Client ID on the application's page; the application is enabled.",
			"Its Response Type is Code, its Grant Type Authorization Code."),

	NO_FLOW("The answer is no flow: the environment did not take response_mode=pi.flow.",
			"Let the application use a sign-on policy of PingOne (Single_Factor), not a DaVinci flow or an external sign-on page."),

	REDIRECT_URI("The redirect URI is not one that is registered.",
			"Add the redirect_uri shown above to the application's Redirect URIs: scheme, port, path and trailing slash count.",
			"Set PINGONE_APPLICATION_URL if the application runs elsewhere than on http://localhost:8080."),

	PKCE("The proof key of the request (PKCE) is not what the application requires.",
			"Set PKCE Enforcement of the application to S256_REQUIRED or OPTIONAL; the method sent is S256."),

	SCOPE("A scope is not one that the application may ask for.",
			"Grant openid, profile and email on the application's Resources tab, or ask for less with "
					+ "SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_PINGONE_SCOPE.",
			"Ask for scopes of one resource only, besides those of OpenID Connect."),

	GRANT_NOT_ENABLED("The application may not use this grant.",
			"Tick Authorization Code and Refresh Token under Grant Type on the application's Configuration tab."),

	NOT_ALLOWED("PingOne knows the person and does not let them in.",
			"Check that the user is enabled, and the application's Access tab (groups).",
			"Check that the sign-on policy suits the user."),

	FLOW_ELSEWHERE("The flow goes on at another host than the issuer's; a password is not sent there.",
			"With a custom domain, set PINGONE_ISSUER to https://<custom domain>/as."),

	WRONG_PASSWORD("User name or password is wrong.",
			"Check PINGONE_USER_NAME (the Username, not the email address) and PINGONE_USER_PASSWORD; quote it in a shell.",
			"Check that the user is in this environment. Do not repeat it: PingOne locks the account after a few failures."),

	LOCKED_OUT("The account is locked after too many wrong passwords.",
			"Wait the time that is shown, or unlock the user in PingOne's console (Directory, Users).",
			"Then correct PINGONE_USER_PASSWORD before the next try."),

	NO_PASSWORD("The user has no password.", "Set one in PingOne's console (Directory, Users, the user's Password)."),

	CREDENTIALS_REFUSED("PingOne does not take the user name and password in this form.",
			"Look at the code and its detail above; status 406 or 415 points at something between here and PingOne."),

	SECOND_FACTOR("The person has to give a second factor. This run has none.",
			"Assign the sign-on policy Single_Factor to the application, or use a test user whose MFA is disabled."),

	PASSWORD_TO_CHANGE("The password is right, and has to be changed before anything else.",
			"Sign in with a browser once and change it, or set one without the forced change; then set PINGONE_USER_PASSWORD."),

	USER_TO_VERIFY("The user has to confirm an email address or a recovery code first.",
			"Sign in with a browser once and do so, or mark the user as verified in PingOne's console."),

	EXTERNAL("The sign-on policy sends the person to another identity provider.",
			"Use an application or a policy that signs on with PingOne's own user name and password."),

	FLOW_FAILED("The flow has failed; the sign-on policy did not let the person through.",
			"Look at the user's events in PingOne's console (Monitoring, Audit)."),

	OTHER_STATUS("The flow wants something that this run does not know.",
			"Assign the sign-on policy Single_Factor to the application: it asks for user name and password, and nothing else."),

	NOT_THERE("What was asked for is not there, or not any more.",
			"A flow is gone 15 minutes after its last step: run again.", "Check the environment id in PINGONE_ISSUER."),

	NOT_RESUMED("The flow is complete, but no code came of it.",
			"PingOne ties the steps together by the cookie ST: a proxy must not drop it.",
			"Check the application's Response Type (Code) and Grant Type (Authorization Code)."),

	OTHER_STATE("The answer belongs to another request: its state is not the one that was sent.",
			"Run again. If it stays so, something between here and PingOne gives out old answers."),

	CLIENT_REFUSED("PingOne does not accept the way in which this application authenticates.",
			"Its Token Endpoint Authentication Method (tokenEndpointAuthMethod) must be CLIENT_SECRET_JWT.",
			"Compare the client secret with the one on the application's page: it may have been rotated.",
			"Compare this machine's clock with exp in the assertion above.",
			"Compare aud in the assertion above with the token endpoint and the issuer (signin.assertion.audience)."),

	CODE_REFUSED("The client was accepted, the code was not.",
			"It is used up or too old (run again), or was made for another redirect_uri or code_challenge.",
			"A clock that differs, or a proxy that repeats requests, uses codes up."),

	REFRESH_TOKEN_REFUSED("The client was accepted, the refresh token was not.",
			"Check Refresh Token under Grant Type, and the application's refresh token duration."),

	TOKEN_REQUEST_REFUSED("The token endpoint refuses the request.",
			"Look at the code above (RFC 6749, section 5.2) and ask PingOne's support with the correlation id."),

	MALFORMED_URL("The answer holds a URL that is none.",
			"Run again. If it stays so, look for a proxy that answers in PingOne's place."),

	NO_TOKENS("The token endpoint gave no answer that can be used.",
			"Run again. If it stays so, look for a proxy that answers in PingOne's place."),

	NO_ID_TOKEN("There is no ID token among the tokens.",
			"The scope must contain openid, and the application must be an OpenID Connect application."),

	ID_TOKEN_INVALID("The ID token fails a check (signature, iss, aud, exp or iat).",
			"Compare this machine's clock with iat and exp above.",
			"Compare iss with PINGONE_ISSUER, and aud with PINGONE_CLIENT_ID."),

	OTHER_NONCE("The ID token belongs to another request: its nonce is not the one that was sent.",
			"Run again. If it stays so, do not trust this provider."),

	OTHER_SUBJECT("This is about somebody else than the ID token.", "Do not trust this provider."),

	USERINFO_REFUSED("The userinfo endpoint does not take the access token.",
			"The scope must contain openid. Look at the code above."),

	SIGN_OFF_REFUSED("The sign-off does not end at the application.",
			"Add the post_logout_redirect_uri shown above to the application's Signoff URLs, to the letter."),

	TOO_MANY_REQUESTS("PingOne limits the requests of this environment or address.", "Wait, then run again."),

	BROKEN("PingOne itself has a problem.", "Run again later; PingOne's status page tells of known problems."),

	NOTHING_TO_TAMPER("The request holds no client assertion: the application's method is another one.",
			"Set client-authentication-method to client_secret_jwt, or leave it out."),

	TAMPERED_ACCEPTED("A falsified client assertion was ACCEPTED. The token endpoint does not check it.",
			"Do not use this provider. If it is PingOne's, report it with the correlation id."),

	TAMPERED_UNCLEAR("The falsified client assertion got no answer that says that the client was refused.",
			"Run without --tamper first, until that succeeds.");

	private final String meaning;

	private final String actions;

	Advice(String meaning, String... actions) {
		this.meaning = meaning;
		this.actions = String.join("\n", actions);
	}

	/**
	 * What to do when a flow stops at a status that only a person can get past.
	 */
	static Advice ofUnfinished(String flowStatus) {
		return switch (flowStatus) {
			case "OTP_REQUIRED", "DEVICE_SELECTION_REQUIRED", "ASSERTION_REQUIRED", "PUSH_CONFIRMATION_REQUIRED" ->
				SECOND_FACTOR;
			case "MUST_CHANGE_PASSWORD", "PASSWORD_EXPIRED" -> PASSWORD_TO_CHANGE;
			case "VERIFICATION_CODE_REQUIRED", "RECOVERY_CODE_REQUIRED" -> USER_TO_VERIFY;
			case "EXTERNAL_AUTHENTICATION_REQUIRED" -> EXTERNAL;
			case "FAILED" -> FLOW_FAILED;
			default -> OTHER_STATUS;
		};
	}

	/**
	 * What to do when nothing but the HTTP status tells something.
	 * @param otherwise what it means at this step
	 */
	static Advice ofStatus(int status, Advice otherwise) {
		return switch (status) {
			case 404 -> NOT_THERE;
			case 429 -> TOO_MANY_REQUESTS;
			default -> (status >= 500) ? BROKEN : otherwise;
		};
	}

	String meaning() {
		return this.meaning;
	}

	List<String> actions() {
		return this.actions.lines().toList();
	}

}
