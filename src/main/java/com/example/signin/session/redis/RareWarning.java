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

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final Log logger;

	private final Clock clock;

	/**
	 * @param source whose warning it is
	 * @param clock the time
	 */
	RareWarning(Class<?> source, Clock clock) {
		this.logger = LogFactory.getLog(source);
		this.clock = clock;
	}

	void say(String message) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (!now.isBefore(due) && this.next.compareAndSet(due, now.plus(PAUSE))) {
			this.logger.warn(message);
		}
	}

}
