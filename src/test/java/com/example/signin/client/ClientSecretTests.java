package com.example.signin.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.example.signin.audit.ClientSecretChanged;
import com.example.signin.settings.InvalidSettingException;
import com.example.signin.support.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ClientSecretTests {

	private static final String FIRST = "first-secret-0123456789-0123456789";

	private static final String SECOND = "second-secret-0123456789-0123456789";

	private final Ticker clock = new Ticker();

	private final List<Object> events = new ArrayList<>();

	@TempDir
	Path folder;

	private Path file = Path.of("");

	@BeforeEach
	void writeFirst() throws IOException {
		this.file = Files.writeString(this.folder.resolve("secret"), FIRST + "\n");
	}

	@Test
	void valueWhenFileHasLineBreakThenWithoutIt() {
		assertThat(fromFile().value()).isEqualTo(FIRST);
	}

	@Test
	void valueWhenSettingHasLineBreakThenWithoutIt() {
		assertThat(
				new ClientSecret(new ClientProperties("client", FIRST + "\n", null), 32, this.clock, this.events::add)
					.value())
			.isEqualTo(FIRST);
	}

	@Test
	void valueWhenFileChangesThenTheNewSecret() throws IOException {
		ClientSecret secret = fromFile();
		Files.writeString(this.file, SECOND);
		assertThat(this.events).isEmpty();
		assertThat(secret.value()).isEqualTo(SECOND);
		assertThat(secret.value()).isEqualTo(SECOND);
		assertThat(this.events).containsExactly(new ClientSecretChanged());
	}

	@Test
	void valueWhenSymbolicLinkIsReplacedAsKubernetesDoesThenTheNewSecret() throws IOException {
		Path data = this.folder.resolve("..data");
		Files.createSymbolicLink(data, Files.createDirectory(this.folder.resolve("..1")));
		Files.writeString(data.resolve("secret"), FIRST);
		ClientSecret secret = new ClientSecret(new ClientProperties("client", null, data.resolve("secret")), 32,
				this.clock, this.events::add);
		Path next = Files.createDirectory(this.folder.resolve("..2"));
		Files.writeString(next.resolve("secret"), SECOND);
		Path link = Files.createSymbolicLink(this.folder.resolve("..data_tmp"), next);
		Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
		assertThat(secret.value()).isEqualTo(SECOND);
	}

	@Test
	void valueWhenFileBecomesUnusableThenTheLastGoodSecretAndOneWarning(CapturedOutput output) throws IOException {
		ClientSecret secret = fromFile();
		Files.writeString(this.file, "too short");
		for (int i = 0; i < 3; i++) {
			assertThat(secret.value()).isEqualTo(FIRST);
		}
		assertThat(output.getAll().split("gives a secret of 9 bytes", -1)).hasSize(2);
		Files.delete(this.file);
		for (int i = 0; i < 3; i++) {
			assertThat(secret.value()).isEqualTo(FIRST);
		}
		assertThat(output.getAll().split("which cannot be read", -1)).hasSize(2);
		Files.writeString(this.file, SECOND);
		assertThat(secret.value()).isEqualTo(SECOND);
		assertThat(output).doesNotContain(FIRST).doesNotContain(SECOND);
	}

	@Test
	void deriveKeysWhenSecretHasChangedThenThePreviousOneForTenMinutes() throws IOException {
		ClientSecret secret = fromFile();
		var first = secret.deriveKeys("purpose");
		Files.writeString(this.file, SECOND);
		var both = secret.deriveKeys("purpose");
		assertThat(both).hasSize(2).endsWith(first.get(0));
		this.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
		assertThat(secret.deriveKeys("purpose")).isEqualTo(both);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(secret.deriveKeys("purpose")).containsExactly(both.get(0));
	}

	@Test
	void deriveKeysWhenPurposeDiffersThenOtherKeys() {
		ClientSecret secret = fromFile();
		assertThat(secret.deriveKeys("one")).isNotEqualTo(secret.deriveKeys("another"));
		assertThat(secret.deriveKeys("one").get(0).getEncoded()).hasSize(32);
	}

	@Test
	void secretWhenPrintedThenHidden() {
		assertThat(new ClientProperties("client", FIRST, null)).asString().doesNotContain(FIRST);
	}

	@Test
	void secretWhenCountedThenInBytes() {
		String umlauts = "ü".repeat(16);
		assertThat(new ClientSecret(new ClientProperties("client", umlauts, null), 32, this.clock, this.events::add)
			.value()).isEqualTo(umlauts);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ClientSecret(new ClientProperties("client", umlauts, null), 48, this.clock,
					this.events::add));
	}

	private ClientSecret fromFile() {
		return new ClientSecret(new ClientProperties("client", null, this.file), 32, this.clock, this.events::add);
	}

}
