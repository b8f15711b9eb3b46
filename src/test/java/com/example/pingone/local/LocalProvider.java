package com.example.pingone.local;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A stand-in for a PingOne environment, at first with one application, a worker and two
 * people, in memory and on loopback only. It reads no file and no environment variable,
 * and leaves logging to the application beside it.
 */
public final class LocalProvider implements AutoCloseable {

	/** The application's id, which is its client id. */
	public static final String CLIENT_ID = "0c1a4b5e-7b0f-4f6a-8d0e-2a9c6f3b7e51";

	/** The application's secret until it is changed: of PingOne's length and alphabet. */
	public static final String CLIENT_SECRET = "local-provider-only.not-a-secret_demo~value.0123456789-ABCDEFGHIJ";

	/** The worker application's id, with which an administrator's tools sign in. */
	public static final String WORKER_CLIENT_ID = "3b8f2d60-91c4-4a57-bc0e-7d5e2f81a9c6";

	/** The worker application's secret. */
	public static final String WORKER_CLIENT_SECRET = "local-worker-only.not-a-secret_demo~value.0123456789-ABCDEFGHIJKL";

	private final AnnotationConfigServletWebServerApplicationContext context;

	private LocalProvider(AnnotationConfigServletWebServerApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts a provider.
	 * @param port where it listens, or 0 for any free port
	 * @return the running provider
	 */
	public static LocalProvider start(int port) {
		return start(port, Clock.systemUTC());
	}

	/**
	 * Starts a provider whose flows, locks and previous secrets go by another clock.
	 * @param port where it listens, or 0 for any free port
	 * @param clock the time
	 * @return the running provider
	 */
	public static LocalProvider start(int port, Clock clock) {
		quietUntilConfigured();
		// Not a SpringApplication: its listeners would bring in the files, the profiles
		// and the logging of the application beside it.
		var context = new AnnotationConfigServletWebServerApplicationContext();
		context.setEnvironment(environment(port));
		context.registerBean(Clock.class, () -> clock);
		context.register(ProviderConfiguration.class, SecurityChains.class);
		try {
			context.refresh();
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
		context.registerShutdownHook();
		return new LocalProvider(context);
	}

	/**
	 * Tells where the provider listens.
	 * @return the port
	 */
	public int port() {
		return Objects.requireNonNull(this.context.getWebServer()).getPort();
	}

	/**
	 * Gives the issuer as seen through {@code localhost}.
	 * @return the issuer
	 */
	public String issuer() {
		return issuer("localhost");
	}

	/**
	 * Gives the issuer as seen through a host name: it follows the request.
	 * @param host {@code localhost} or {@code 127.0.0.1}
	 * @return the issuer
	 */
	public String issuer(String host) {
		return "http://" + host + ":" + port() + Paths.ISSUER;
	}

	/**
	 * Registers the redirect URIs of an application that runs elsewhere than on port
	 * 8080, in addition to those known.
	 * @param baseUrl where the application is reached, without a slash at the end
	 */
	public void allowApplication(String baseUrl) {
		application().allow(baseUrl);
	}

	/**
	 * Tells the application of each sign-off from now on, which PingOne is not known to
	 * do (OpenID Connect Back-Channel Logout 1.0).
	 * @param uri where it takes logout tokens, or null to tell it no more
	 */
	public void sendLogoutTokensTo(@Nullable URI uri) {
		this.context.getBean(BackChannelLogout.class).register(CLIENT_ID, uri);
	}

	/**
	 * Gives the application another secret; the old one is refused at once.
	 * @param secret the secret from now on
	 */
	public void changeClientSecret(String secret) {
		application().replaceSecret(new ApplicationSecret(secret));
	}

	/**
	 * Lets the application redeem a refresh token again shortly after it was replaced, as
	 * the set-up command has it.
	 * @param gracePeriod for how long from now on
	 */
	public void changeRefreshTokenGracePeriod(Duration gracePeriod) {
		application().changeRefreshTokenGracePeriod(gracePeriod);
	}

	/**
	 * Gives what tests know and order of the management API.
	 * @return the management API's record and troubles
	 */
	public Management management() {
		return this.context.getBean(Management.class);
	}

	/**
	 * Gives the key that signs ID tokens, for tests that forge them.
	 * @return the key with its private part
	 */
	public RSAKey signingKey() {
		return this.context.getBean(SigningKeys.class).current();
	}

	/**
	 * Signs with a new key from now on; the old one stays published.
	 */
	public void rotateSigningKey() {
		this.context.getBean(SigningKeys.class).rotate();
	}

	@Override
	public void close() {
		this.context.close();
	}

	private Application application() {
		return this.context.getBean(Applications.class).get(CLIENT_ID);
	}

	private static AbstractEnvironment environment(int port) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("server.address", "127.0.0.1");
		values.put("server.port", port);
		values.put("server.shutdown", "immediate");
		// The issuer follows the address that a proxy in front is reached at.
		values.put("server.forward-headers-strategy", "native");
		// Cookies ignore ports: the application on the same host must keep its own.
		values.put("server.servlet.session.cookie.name", "ST");
		values.put("server.servlet.session.cookie.path", Paths.ENVIRONMENT);
		values.put("server.servlet.session.cookie.http-only", true);
		values.put("server.servlet.session.tracking-modes", "cookie");
		// The application's pages and files are on the class path too.
		values.put("spring.web.resources.add-mappings", false);
		var environment = new AbstractEnvironment() {
		};
		environment.getPropertySources().addFirst(new MapPropertySource("local provider", values));
		return environment;
	}

	/**
	 * Logback prints each DEBUG line until Spring Boot has set it up.
	 */
	private static void quietUntilConfigured() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
				&& logback.getObject(LoggingSystem.class.getName()) == null) {
			logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
		}
	}

}
