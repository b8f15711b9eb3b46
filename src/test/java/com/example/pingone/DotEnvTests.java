package com.example.pingone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DotEnvTests {

	@TempDir
	Path folder;

	@Test
	void readThenTakesSettingsAsDockerDoes() throws IOException {
		Path file = file("""
				# PINGONE_COMMENT=no

				PINGONE_ISSUER=https://auth.pingone.eu/1/as
				 PINGONE_INDENTED=yes
				PINGONE_EMPTY=
				PINGONE_FROM_THE_ENVIRONMENT
				PINGONE_HASH=a#b=$HOME
				PINGONE_DOUBLE="in quotes"
				PINGONE_SINGLE='in quotes'
				PINGONE_HALF="
				""");
		assertThat(DotEnv.read(file).settings()).containsExactly(
				Map.entry("PINGONE_ISSUER", "https://auth.pingone.eu/1/as"), Map.entry("PINGONE_INDENTED", "yes"),
				Map.entry("PINGONE_EMPTY", ""), Map.entry("PINGONE_HASH", "a#b=$HOME"),
				Map.entry("PINGONE_DOUBLE", "in quotes"), Map.entry("PINGONE_SINGLE", "in quotes"),
				Map.entry("PINGONE_HALF", "\""));
	}

	@Test
	void readWhenLinesLookLikeSettingsThenNamesThemWithoutTheirValues() throws IOException {
		Path file = file("""
				SERVER_PORT=8081
				# PINGONE_COMMENT = no
				PINGONE_SPACED = very-secret
				export PINGONE_EXPORTED=very-secret
				""");
		assertThatIllegalStateException().isThrownBy(() -> DotEnv.read(file))
			.withMessageStartingWith(file + " sets PINGONE_SPACED, PINGONE_EXPORTED otherwise than as NAME=value")
			.withMessageNotContaining("very-secret");
	}

	@Test
	void readWhenFileBeginsWithAByteOrderMarkThenReadsTheFirstLine() throws IOException {
		assertThat(DotEnv.read(file("\uFEFFSERVER_PORT=8081\n")).settings())
			.containsExactly(Map.entry("SERVER_PORT", "8081"));
	}

	@Test
	void writeWhenLinesEndAsOnWindowsThenTheyStillDo() throws IOException {
		Path file = file("# mine\r\nPINGONE_ISSUER=old\r\n\r\nSERVER_PORT=8081");
		assertThat(DotEnv.read(file).settings()).containsEntry("PINGONE_ISSUER", "old");
		DotEnv.write(file, Map.of("PINGONE_ISSUER", "new"));
		assertThat(Files.readString(file)).isEqualTo("# mine\r\nPINGONE_ISSUER=new\r\n\r\nSERVER_PORT=8081\r\n");
	}

	@Test
	void readWhenThereIsNoFileThenNoSettings() {
		assertThat(DotEnv.read(this.folder.resolve(".env")).settings()).isEmpty();
	}

	@Test
	void writeThenKeepsTheLinesOfOthers() throws IOException {
		Path file = file("""
				# mine
				SERVER_PORT=8081
				PINGONE_ISSUER="old"
				PINGONE_ADMIN_CLIENT_SECRET='kept as it is'
				PINGONE_ISSUER=twice
				""");
		DotEnv.write(file, Map.of("PINGONE_ISSUER", "new", "PINGONE_CLIENT_ID", "client"));
		assertThat(file).hasContent("""
				# mine
				SERVER_PORT=8081
				PINGONE_ISSUER=new
				PINGONE_ADMIN_CLIENT_SECRET='kept as it is'
				PINGONE_CLIENT_ID=client
				""");
		assertThat(DotEnv.read(file).settings()).containsEntry("PINGONE_ISSUER", "new");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void writeThenOnlyTheOwnerMayReadAndNothingElseIsLeft() throws IOException {
		Path file = file("SERVER_PORT=8081\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		DotEnv.write(file, Map.of("PINGONE_CLIENT_ID", "client"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).containsExactly(file);
		}
	}

	@Test
	void addToThenReadsLikeVariablesOfWhichTheRealOnesWin() {
		var environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of("PINGONE_CLIENT_ID", "real")));
		new DotEnv(Map.of("PINGONE_CLIENT_ID", "file", "PINGONE_CLIENT_SECRET_FILE", "secret")).addTo(environment);
		ConfigurationPropertySources.attach(environment);
		assertThat(environment.getProperty("pingone.client-id")).isEqualTo("real");
		assertThat(environment.getProperty("pingone.client-secret-file")).isEqualTo("secret");
	}

	@Test
	void addToThenLeavesOutWhatTheSetUpAloneNeeds() {
		var environment = new StandardEnvironment();
		new DotEnv(Map.of("PINGONE_CLIENT_ID", "file", "PINGONE_ADMIN_CLIENT_SECRET", "secret")).addTo(environment);
		assertThat(environment.getProperty("PINGONE_CLIENT_ID")).isEqualTo("file");
		assertThat(environment.getProperty("PINGONE_ADMIN_CLIENT_SECRET")).isNull();
	}

	@Test
	void toStringThenNamesNoValue() {
		assertThat(new DotEnv(Map.of("PINGONE_CLIENT_SECRET", "very-secret")))
			.hasToString("DotEnv[PINGONE_CLIENT_SECRET]");
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.folder.resolve(".env"), content);
	}

}
