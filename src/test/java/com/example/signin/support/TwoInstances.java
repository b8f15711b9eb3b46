package com.example.signin.support;

/**
 * Two instances of the application behind a balancer, which share a Redis. To start them
 * takes longer than most tests, so that all tests of a run share them, and each leaves
 * them in order.
 *
 * @param redis where the sessions are
 * @param one an instance
 * @param two another one
 * @param balancer the way to both
 */
public record TwoInstances(RedisServer redis, RunningApplication one, RunningApplication two, Balancer balancer) {

	/**
	 * Gives the instances, and lets each test begin with a provider that nobody disturbs.
	 */
	public static TwoInstances get() {
		ProviderForTests.reset();
		return Started.INSTANCES;
	}

	/**
	 * The settings with which sessions are kept in a Redis.
	 */
	public static String[] settings(RedisServer redis) {
		return new String[] { "spring.profiles.active=redis", "spring.data.redis.url=" + redis.url(),
				"server.forward-headers-strategy=native", "signin.back-channel-logout.enabled=true",
				"signin.step-up[0].paths=/session", "signin.step-up[0].max-age=1h" };
	}

	private static TwoInstances start() {
		RedisServer redis = RedisServer.started();
		Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
		RunningApplication one = RunningApplication.with(settings(redis));
		RunningApplication two = RunningApplication.with(settings(redis));
		return new TwoInstances(redis, one, two, Balancer.of(one.port(), two.port()));
	}

	private static final class Started {

		static final TwoInstances INSTANCES = start();

	}

}
