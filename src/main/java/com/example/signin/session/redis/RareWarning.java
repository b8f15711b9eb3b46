package com.example.signin.session.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A line in the log, once a minute at most: while Redis is down each request has the same
 * to say.
 */
class RareWarning {

	private static final Log logger = LogFactory.getLog(RareWarning.class);

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final Clock clock;

	RareWarning(Clock clock) {
		this.clock = clock;
	}

	void say(String message) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (!now.isBefore(due) && this.next.compareAndSet(due, now.plus(PAUSE))) {
			logger.warn(message);
		}
	}

}
