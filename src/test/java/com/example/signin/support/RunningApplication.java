package com.example.signin.support;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import com.example.signin.SigninApplication;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application with settings of a test's own, behind the same relay as all others.
 *
 * @param context its context
 */
public record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

	/**
	 * Starts it on a free port.
	 * @param settings properties as {@code name=value}
	 */
	public static RunningApplication with(String... settings) {
		boolean portGiven = Arrays.stream(settings).anyMatch((setting) -> setting.startsWith("server.port="));
		String[] arguments = Stream
			.concat(portGiven ? Stream.empty() : Stream.of("server.port=0"), Arrays.stream(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		return new RunningApplication(
				new SpringApplicationBuilder(SigninApplication.class).initializers(new ProviderForTests())
					.run(arguments));
	}

	public int port() {
		return webServer().getPort();
	}

	/**
	 * Tomcat's own view of the sessions that there are.
	 */
	public Manager sessions() {
		return Arrays.stream(webServer().getTomcat().getHost().findChildren())
			.map((webApplication) -> ((Context) webApplication).getManager())
			.findFirst()
			.orElseThrow();
	}

	public Visitor visitor() {
		return Visitor.of(port());
	}

	private TomcatWebServer webServer() {
		return (TomcatWebServer) Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
