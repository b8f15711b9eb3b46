package com.example.signin.client;

/**
 * The name under which this application knows its provider.
 */
public final class PingOne {

	/** The registration id: part of {@code /oauth2/authorization/pingone}. */
	public static final String REGISTRATION_ID = "pingone";

	private PingOne() {
	}

}
