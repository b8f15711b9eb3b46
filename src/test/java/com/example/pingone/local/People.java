package com.example.pingone.local;

import java.util.Locale;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * The people of the environment.
 */
final class People implements UserDetailsService {

	@Override
	public UserDetails loadUserByUsername(String username) {
		return switch (username.toLowerCase(Locale.ROOT)) {
			case "alice" -> new Person("a11ce000-5b1c-4a7e-8f3d-6e2d9c0b4a71", "alice", "Alice", "Example");
			case "bob" -> new Person("b0b00000-9d2f-4c1b-a6e8-1f7c3a5d8e92", "bob", "Bob", "Example");
			default -> throw new UsernameNotFoundException("There is no such person");
		};
	}

}
