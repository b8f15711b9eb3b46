package com.example.pingone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PrivateFileTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void createBesideThenItsNameIsIgnoredByGit() throws IOException {
		assertThat(PrivateFile.createBeside(this.folder.resolve(".env")).getFileName().toString()).endsWith(".secret");
		assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("*.secret");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void replaceWhenFileIsALinkThenReplacesWhatItLeadsTo() throws IOException {
		Path target = Files.writeString(Files.createDirectory(this.folder.resolve("elsewhere")).resolve("settings"),
				"old");
		Path link = Files.createSymbolicLink(this.folder.resolve(".env"), target);
		PrivateFile.replace(link, "new");
		assertThat(link).isSymbolicLink();
		assertThat(target).hasContent("new");
	}

}
