package com.example.signin.client;

/**
 * Says what the client is authenticated for, of a request for which that is not its grant
 * type.
 */
public interface AssertionPurpose {

	/**
	 * As the audit trail tells it.
	 */
	String purpose();

}
