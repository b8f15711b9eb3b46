package com.example.signin.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

import com.example.signin.audit.ClientSecretChanged;
import com.example.signin.settings.InvalidSettingException;

/**
 * The client secret as it is at this moment. When it comes from a file, the file's
 * present content counts, so that it can be rotated without a restart; a file that cannot
 * be used leaves the last good secret in place.
 */
public final class ClientSecret {

	private static final Log logger = LogFactory.getLog(ClientSecret.class);

	/** As long as a sign-in that began under the previous secret may take. */
	private static final Duration PREVIOUS_KEPT_FOR = Duration.ofMinutes(10);

	private final @Nullable Path file;

	private final int minimumBytes;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private volatile Secrets secrets;

	private volatile @Nullable String reportedProblem;

	/**
	 * @param properties where the secret comes from
	 * @param minimumBytes the least number of bytes that it must have
	 * @param clock tells when the previous secret is forgotten
	 * @param events learns of a change
	 * @throws InvalidSettingException if there is no usable secret to start with
	 */
	ClientSecret(ClientProperties properties, int minimumBytes, Clock clock, ApplicationEventPublisher events) {
		this.file = properties.clientSecretFile();
		this.minimumBytes = minimumBytes;
		this.clock = clock;
		this.events = events;
		this.secrets = new Secrets(initial(properties), null, Instant.MIN);
	}

	private String initial(ClientProperties properties) {
		return (this.file != null) ? read(this.file)
				: usable(Objects.requireNonNull(properties.clientSecret()), ClientProperties.SECRET);
	}

	/**
	 * The secret itself.
	 * @return its present value
	 */
	String value() {
		return present().current();
	}

	/**
	 * Keys for what the browser is to hold and only this application may read: that of
	 * the present secret, followed by that of the previous one for ten minutes after a
	 * change.
	 * @param purpose tells one use from another
	 * @return 256-bit keys that say nothing about the secret
	 */
	public List<SecretKey> deriveKeys(String purpose) {
		Secrets present = present();
		String previous = this.clock.instant().isBefore(present.previousUntil()) ? present.previous() : null;
		return Stream.of(present.current(), previous)
			.filter(Objects::nonNull)
			.map((secret) -> deriveKey(secret, purpose))
			.toList();
	}

	private static SecretKey deriveKey(String secret, String purpose) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), "AES");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
		}
	}

	private Secrets present() {
		if (this.file != null) {
			try {
				boolean changed = !read(this.file).equals(this.secrets.current()) && replace(this.file);
				if (changed) {
					logger.info("The client secret has changed; the new one signs from now on");
					this.events.publishEvent(new ClientSecretChanged());
				}
				this.reportedProblem = null;
			}
			catch (InvalidSettingException ex) {
				report(String.valueOf(ex.getMessage()));
			}
		}
		return this.secrets;
	}

	/**
	 * Reads the file once more, so that somebody who read it before it changed does not
	 * bring the old secret back.
	 */
	private synchronized boolean replace(Path path) {
		String secret = read(path);
		boolean changed = !secret.equals(this.secrets.current());
		if (changed) {
			this.secrets = new Secrets(secret, this.secrets.current(), this.clock.instant().plus(PREVIOUS_KEPT_FOR));
		}
		return changed;
	}

	private synchronized void report(String problem) {
		if (!problem.equals(this.reportedProblem)) {
			this.reportedProblem = problem;
			logger.warn(problem + " The last good secret stays in use.");
		}
	}

	private String read(Path path) {
		try {
			return usable(Files.readString(path), ClientProperties.SECRET_FILE);
		}
		catch (IOException ex) {
			// A name without a folder may be the secret itself, set in the wrong place.
			String name = (path.getNameCount() > 1) ? path.toString() : "a file";
			throw new InvalidSettingException(ClientProperties.SECRET_FILE, "names " + name + ", which cannot be read.",
					"Let it name a file that holds the client secret and that this process may read.");
		}
	}

	private String usable(String content, String setting) {
		String secret = content.strip();
		int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
		if (bytes < this.minimumBytes) {
			throw new InvalidSettingException(setting,
					"gives a secret of " + bytes + " bytes; the signature needs one of at least " + this.minimumBytes
							+ " (RFC 7518, section 3.2).",
					"Use the secret that PingOne generated, which has 64 characters, or one that is long enough; "
							+ "a weaker signin.assertion.algorithm needs fewer bytes.");
		}
		return secret;
	}

	private record Secrets(String current, @Nullable String previous, Instant previousUntil) {

		@Override
		public String toString() {
			return "Secrets[hidden]";
		}

	}

}
