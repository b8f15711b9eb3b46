package com.example.signin.logout.backchannel;

/**
 * The sessions there are.
 */
interface Sessions {

	/**
	 * Ends a session, and with it the tokens that it holds.
	 * @param id its id; nothing happens if there is no such session any more
	 */
	void end(String id);

}
