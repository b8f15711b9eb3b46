package com.example.signin.session;

import java.util.Arrays;
import java.util.stream.LongStream;

import com.example.signin.support.LiveObjects;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Visitor;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a signed-in person's session costs. Not in the JVM of the other tests: what they
 * leave behind becomes free at any moment.
 */
class SessionHeapIT {

	private static final int GROUPS = 5;

	private static final int GROUP = 40;

	private static final long MAX_BYTES = 10 * 1024;

	@Test
	void sessionWhenHeldInMemoryThenSmall() {
		try (RunningApplication application = RunningApplication.with()) {
			Visitor visitor = application.visitor();
			for (int person = 0; person < GROUPS * GROUP; person++) {
				visitor.signIn("/session", "alice");
				visitor.cookies().getCookieStore().removeAll();
			}
			Manager manager = application.sessions();
			assertThat(manager.findSessions()).hasSize(GROUPS * GROUP);
			assertThat(heapOfOneSession(manager)).as("bytes of live heap for one session").isBetween(1_000L, MAX_BYTES);
		}
	}

	/**
	 * The median of several groups, of which one may meet something else that becomes
	 * free.
	 */
	private static long heapOfOneSession(Manager manager) {
		long[] freed = LongStream.generate(() -> heapFreedByExpiringAGroup(manager)).limit(GROUPS).sorted().toArray();
		return freed[GROUPS / 2] / GROUP;
	}

	private static long heapFreedByExpiringAGroup(Manager manager) {
		long before = LiveObjects.count().bytes();
		Arrays.stream(manager.findSessions()).limit(GROUP).forEach(Session::expire);
		return before - LiveObjects.count().bytes();
	}

}
