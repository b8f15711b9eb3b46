package com.example.pingone.setup;

/**
 * Ends the set-up with words for the person who runs it.
 */
class SetupException extends RuntimeException {

	private final String remedy;

	/**
	 * @param problem what is wrong; may have several lines
	 * @param remedy what to do
	 */
	SetupException(String problem, String remedy) {
		super(problem);
		this.remedy = remedy;
	}

	/**
	 * @param detail what is wrong with an answer
	 */
	static SetupException undocumented(String detail) {
		return new SetupException("An answer is not as PingOne documents it (" + detail + ").",
				"Check that PINGONE_REGION, or PINGONE_API_URL and PINGONE_AUTH_URL, lead to PingOne.");
	}

	String problem() {
		return String.valueOf(getMessage());
	}

	String remedy() {
		return this.remedy;
	}

}
