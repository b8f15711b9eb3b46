package com.example.pingone.setup;

import java.time.Duration;

/**
 * Waits, before something is tried again.
 */
@FunctionalInterface
interface Pause {

	void take(Duration duration);

	/**
	 * A pause that lasts.
	 */
	static void sleep(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SetupException("Interrupted while waiting.", "Run the command again: what is done stays done.");
		}
	}

}
