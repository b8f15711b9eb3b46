package com.example.pingone.local;

/**
 * Where PingOne answers. The paths of the endpoints are relative to the issuer's.
 */
final class Paths {

	static final String ENVIRONMENT_ID = "5e1f0c7a-3d52-4c7e-9a64-0b6d1d9a2f10";

	static final String ENVIRONMENT = "/" + ENVIRONMENT_ID;

	static final String ISSUER = ENVIRONMENT + "/as";

	static final String AUTHORIZE = "/authorize";

	static final String TOKEN = "/token";

	static final String JWKS = "/jwks";

	static final String USERINFO = "/userinfo";

	static final String SIGNOFF = "/signoff";

	static final String PAR = "/par";

	static final String INTROSPECT = "/introspect";

	static final String REVOKE = "/revoke";

	static final String DISCOVERY = "/.well-known/openid-configuration";

	static final String RESUME = "/resume";

	static final String FLOWS = ENVIRONMENT + "/flows";

	static final String SIGNON = ENVIRONMENT + "/signon/";

	static final String CANCEL = SIGNON + "cancel";

	static final String STYLESHEET = SIGNON + "pages.css";

	/** On a host of its own at PingOne. */
	static final String MANAGEMENT = "/v1/environments" + ENVIRONMENT;

	private Paths() {
	}

}
