package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * The people of the environment.
 */
final class People implements UserDetailsService {

	static final String DEFAULT_POPULATION = "d0d0c0de-3b7a-4f6e-9c15-2a8e7b4d6f93";

	private final Map<String, Person> byUsername = new LinkedHashMap<>();

	People() {
		add("a11ce000-5b1c-4a7e-8f3d-6e2d9c0b4a71", "alice", "Alice");
		add("b0b00000-9d2f-4c1b-a6e8-1f7c3a5d8e92", "bob", "Bob");
	}

	/**
	 * Adds a person.
	 * @param attributes what the management API is to show, without the id
	 * @param password null for somebody who cannot sign on
	 * @param mustChangePassword whether the password is good only for choosing another
	 */
	Person add(Map<String, Object> attributes, @Nullable String password, boolean mustChangePassword) {
		return add(UUID.randomUUID().toString(), attributes, password, mustChangePassword);
	}

	synchronized List<Person> all() {
		return List.copyOf(this.byUsername.values());
	}

	synchronized @Nullable Person find(String username) {
		return this.byUsername.get(username.toLowerCase(Locale.ROOT));
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		Person person = find(username);
		if (person == null) {
			throw new UsernameNotFoundException("There is no such person");
		}
		return person.copy();
	}

	private void add(String id, String username, String givenName) {
		add(id, Map.of("username", username, "email", username + "@example.com", "emailVerified", true, "name",
				Map.of("given", givenName, "family", "Example"), "population", Map.of("id", DEFAULT_POPULATION),
				"enabled", true), username + "-password", false);
	}

	private synchronized Person add(String id, Map<String, Object> attributes, @Nullable String password,
			boolean mustChangePassword) {
		Map<String, Object> all = new LinkedHashMap<>(Map.of("id", id));
		all.putAll(attributes);
		var person = new Person(all, password, mustChangePassword);
		this.byUsername.put(person.getUsername().toLowerCase(Locale.ROOT), person);
		return person;
	}

}
