package com.example.signin.support;

import java.util.Arrays;
import java.util.stream.Stream;

import com.example.signin.SigninApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

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
		ApplicationContextInitializer<ConfigurableApplicationContext> pointed = (
				context) -> TestPropertyValues.of("pingone.issuer=" + issuer).applyTo(context);
		String[] arguments = Stream.concat(Stream.of("server.port=0"), Arrays.stream(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		return new RunningApplication(
				new SpringApplicationBuilder(SigninApplication.class).initializers(new ProviderForTests(), pointed)
					.run(arguments));
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
