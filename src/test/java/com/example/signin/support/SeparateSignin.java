package com.example.signin.support;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * An application that knows nothing of the provider yet, with a relay of its own, so that
 * what is disturbed here disturbs no other test.
 *
 * @param relay the way to the provider
 * @param application the application
 */
public record SeparateSignin(Relay relay, RunningApplication application) implements AutoCloseable {

	/**
	 * Starts both on free ports.
	 * @param settings properties as {@code name=value}
	 */
	public static SeparateSignin with(String... settings) {
		Relay relay = Relay.to(ProviderForTests.PROVIDER);
		return new SeparateSignin(relay, at(relay.issuer("localhost"), settings));
	}

	/**
	 * Starts an application on a free port.
	 * @param issuer the provider's issuer, whether it is there or not
	 * @param settings properties as {@code name=value}
	 */
	public static RunningApplication at(String issuer, String... settings) {
		return RunningApplication
			.with(Stream.concat(Stream.of("pingone.issuer=" + issuer), Arrays.stream(settings)).toArray(String[]::new));
	}

	public Visitor visitor() {
		return this.application.visitor();
	}

	@Override
	public void close() {
		this.application.close();
		this.relay.close();
	}

}
