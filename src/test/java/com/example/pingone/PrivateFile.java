package com.example.pingone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that only its owner may read, as one that holds a secret has to be.
 */
public final class PrivateFile {

	private PrivateFile() {
	}

	/**
	 * Creates the file or replaces it at once: a reader sees the old content or the new,
	 * never a part. Where the file system knows POSIX permissions its mode is 600. Of a
	 * symbolic link the file that it leads to is replaced.
	 * @param file the file
	 * @param content what it holds from now on
	 * @throws IOException if it cannot be written; then the old file is untouched
	 */
	public static void replace(Path file, String content) throws IOException {
		Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
		Path complete = createBeside(target);
		try {
			Files.writeString(complete, content);
			Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(complete);
		}
	}

	static Path createBeside(Path file) throws IOException {
		// Created with mode 600, so that the content is private from its first byte on.
		// Should the process be killed, what is left has a name that Git ignores.
		return Files.createTempFile(file.getParent(), file.getFileName().toString(), ".secret");
	}

}
