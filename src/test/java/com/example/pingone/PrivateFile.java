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
	 * never a part. Where the file system knows POSIX permissions its mode is 600.
	 * @param file the file
	 * @param content what it holds from now on
	 * @throws IOException if it cannot be written; then the old file is untouched
	 */
	public static void replace(Path file, String content) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		// Created with mode 600, so that the content is private from its first byte on.
		Path complete = Files.createTempFile(folder, file.getFileName().toString(), null);
		try {
			Files.writeString(complete, content);
			Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(complete);
		}
	}

}
