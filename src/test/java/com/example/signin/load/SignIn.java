package com.example.signin.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a person waited for at the application, in nanoseconds.
 *
 * @param start from asking for a page until the way to the provider was known
 * @param callback from coming back with the code until signed in
 * @param page from there until the page was there
 */
record SignIn(long start, long callback, long page) {

	static String summary(List<SignIn> signIns, Duration elapsed, Duration cpu) {
		return String.format(Locale.ROOT,
				"%d sign-ins, %.0f a second, %.2f CPU s per 1,000; ms (median/99 %%): start %s, callback %s, page %s",
				signIns.size(), signIns.size() * 1e9 / elapsed.toNanos(), cpu.toMillis() / (double) signIns.size(),
				quantiles(signIns, SignIn::start), quantiles(signIns, SignIn::callback),
				quantiles(signIns, SignIn::page));
	}

	private static String quantiles(List<SignIn> signIns, ToLongFunction<SignIn> leg) {
		long[] sorted = signIns.stream().mapToLong(leg).sorted().toArray();
		return String.format(Locale.ROOT, "%.1f/%.1f", sorted[sorted.length / 2] / 1e6,
				sorted[sorted.length * 99 / 100] / 1e6);
	}

}
