package com.example.pingone.setup;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes passwords that PingOne's standard password policy takes: at least eight
 * characters, of four kinds, hardly any of them repeated.
 */
final class Passwords {

	private static final int LENGTH = 20;

	// Without look-alikes, and nothing that a shell or a .env file takes for its own.
	private static final List<String> KINDS = List.of("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz",
			"23456789", "-_.+=");

	private Passwords() {
	}

	static String generate(SecureRandom random) {
		List<Integer> characters = KINDS.stream().flatMapToInt(String::chars).boxed().collect(Collectors.toList());
		String password;
		do {
			Collections.shuffle(characters, random);
			password = characters.stream().limit(LENGTH).map(Character::toString).collect(Collectors.joining());
		}
		while (!hasAllKinds(password));
		return password;
	}

	private static boolean hasAllKinds(String password) {
		return KINDS.stream()
			.allMatch((kind) -> password.chars().anyMatch((character) -> kind.indexOf(character) >= 0));
	}

}
