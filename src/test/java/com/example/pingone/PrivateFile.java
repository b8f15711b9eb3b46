package com.example.pingone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that only its owner may read, as one that holds a secret has to be.
 */
public final class PrivateFile {

	private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

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

	/**
	 * Whether only its owner may read or write the file, or the file system does not know
	 * POSIX permissions.
	 * @param file the file, which has to be there
	 * @throws IOException if its permissions cannot be read
	 */
	public static boolean isPrivate(Path file) throws IOException {
		var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		return view == null || OWNERS.containsAll(view.readAttributes().permissions());
	}

	static Path createBeside(Path file) throws IOException {
		// Created with mode 600, so that the content is private from its first byte on.
		// Should the process be killed, what is left has a name that Git ignores.
		return Files.createTempFile(file.getParent(), file.getFileName().toString(), ".secret");
	}

}
