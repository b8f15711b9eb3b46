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

	String problem() {
		return String.valueOf(getMessage());
	}

	String remedy() {
		return this.remedy;
	}

}
