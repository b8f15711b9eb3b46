package com.example.pingone.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.example.pingone.DotEnv;
import com.example.pingone.PrivateFile;

/**
 * The files by which the application learns of the environment: the secret in one of its
 * own, all other settings in {@code .env}.
 */
final class ApplicationFiles {

	private final Path secretFile;

	private final Path dotEnvFile;

	private final Console console;

	private final boolean dryRun;

	private boolean changed;

	ApplicationFiles(Path folder, Console console, boolean dryRun) {
		this.secretFile = folder.resolve("pingone-client.secret");
		this.dotEnvFile = folder.resolve(DotEnv.FILE);
		this.console = console;
		this.dryRun = dryRun;
	}

	/**
	 * The secret that the application uses.
	 * @return the file's content, or {@code null} if there is no such file
	 */
	@Nullable String secret() {
		try {
			return Files.exists(this.secretFile) ? Files.readString(this.secretFile).strip() : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes the secret, unless it is there already.
	 * @param secret the secret, or {@code null} if it is not known yet
	 */
	void write(@Nullable String secret) {
		this.console.step("Secret file");
		if (secret != null && secret.equals(secret()) && isPrivate(this.secretFile)) {
			this.console.say("found " + this.secretFile);
			return;
		}
		change(this.secretFile + ", for your eyes only",
				() -> PrivateFile.replace(this.secretFile, Objects.requireNonNull(secret) + "\n"));
	}

	/**
	 * Writes the settings, unless they are there already.
	 * @param settings what was set up
	 * @param clientId the application's id, or {@code null} if it is not known yet
	 */
	void write(SetupSettings settings, @Nullable String clientId) {
		this.console.step("Settings");
		Map<String, String> present = DotEnv.read(this.dotEnvFile).settings();
		Map<String, String> wanted = new LinkedHashMap<>();
		wanted.put("PINGONE_ISSUER", settings.issuer());
		wanted.put("PINGONE_CLIENT_ID", (clientId == null && this.dryRun) ? "" : Objects.requireNonNull(clientId));
		wanted.put("PINGONE_CLIENT_SECRET_FILE", this.secretFile.toString());
		wanted.put("PINGONE_USER_NAME", settings.userName());
		if (!settings.applicationUrl().equals(SetupSettings.DEFAULT_APPLICATION_URL)
				|| present.containsKey("PINGONE_APPLICATION_URL")) {
			wanted.put("PINGONE_APPLICATION_URL", settings.applicationUrl());
		}
		if (present.entrySet().containsAll(wanted.entrySet()) && isPrivate(this.dotEnvFile)) {
			this.console.say("found in " + this.dotEnvFile);
			return;
		}
		change(this.dotEnvFile + ": " + String.join(", ", wanted.keySet()),
				() -> DotEnv.write(this.dotEnvFile, wanted));
	}

	/**
	 * Whether anything was written, or would have been.
	 */
	boolean changed() {
		return this.changed;
	}

	private static boolean isPrivate(Path file) {
		try {
			return PrivateFile.isPrivate(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void change(String what, Write write) {
		this.changed = true;
		if (this.dryRun) {
			this.console.say("would write " + what);
			return;
		}
		try {
			write.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.console.say("wrote " + what);
	}

	@FunctionalInterface
	private interface Write {

		void run() throws IOException;

	}

}
