package com.example.pingone.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Locks a user name after repeated wrong passwords, as PingOne's standard password policy
 * does: five, then for 15 minutes. A name that nobody has is locked as well, else the
 * lock would tell who exists.
 */
final class Lockout {

	private static final int FAILURES = 5;

	private static final Duration LOCKED = Duration.ofMinutes(15);

	private static final int MOST_NAMES = 1000;

	private final Clock clock;

	private final Map<String, Failures> failures = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MOST_NAMES;
		}

	};

	Lockout(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Tells for how long the name stays locked: zero if it is not.
	 */
	synchronized long secondsUntilUnlock(String username) {
		Failures recent = recent(username);
		Duration passed = Duration.between(recent.last(), this.clock.instant());
		return (recent.count() < FAILURES) ? 0 : LOCKED.minus(passed).toSeconds();
	}

	synchronized void failed(String username) {
		int count = recent(username).count() + 1;
		this.failures.put(key(username), new Failures(count, this.clock.instant()));
	}

	synchronized void succeeded(String username) {
		this.failures.remove(key(username));
	}

	private Failures recent(String username) {
		Instant now = this.clock.instant();
		Failures failed = this.failures.get(key(username));
		return (failed != null && now.isBefore(failed.last().plus(LOCKED))) ? failed : new Failures(0, now);
	}

	private static String key(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

	private record Failures(int count, Instant last) {
	}

}
