package com.example.pingone.local;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Someone who can sign on. A new object per sign-on and deliberately without
 * {@code equals}: Spring Security's session registry finds the sessions of a principal by
 * equality, so the same person in two browsers would share one {@code sid}.
 */
final class Person implements UserDetails {

	private final Map<String, Object> attributes;

	private final @Nullable String password;

	private final boolean mustChangePassword;

	/**
	 * A person.
	 * @param attributes as the management API shows them
	 * @param password null for somebody who cannot sign on
	 * @param mustChangePassword whether the password is good only for choosing another
	 */
	Person(Map<String, Object> attributes, @Nullable String password, boolean mustChangePassword) {
		this.attributes = attributes;
		this.password = password;
		this.mustChangePassword = mustChangePassword;
	}

	Person copy() {
		return new Person(this.attributes, this.password, this.mustChangePassword);
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

	String id() {
		return String.valueOf(this.attributes.get("id"));
	}

	@Nullable String givenName() {
		return name("given");
	}

	@Nullable String familyName() {
		return name("family");
	}

	@Nullable String name() {
		return Stream.of(givenName(), familyName())
			.filter(Objects::nonNull)
			.reduce((given, family) -> given + " " + family)
			.orElse(null);
	}

	@Nullable String email() {
		return (this.attributes.get("email") instanceof String email) ? email : null;
	}

	boolean isEmailVerified() {
		return Boolean.TRUE.equals(this.attributes.get("emailVerified"));
	}

	@Override
	public String getUsername() {
		return String.valueOf(this.attributes.get("username"));
	}

	@Override
	public @Nullable String getPassword() {
		return (this.password != null) ? "{noop}" + this.password : null;
	}

	@Override
	public boolean isEnabled() {
		return Boolean.TRUE.equals(this.attributes.get("enabled"));
	}

	@Override
	public boolean isCredentialsNonExpired() {
		return !this.mustChangePassword;
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of();
	}

	private @Nullable String name(String part) {
		return (this.attributes.get("name") instanceof Map<?, ?> name && name.get(part) instanceof String text) ? text
				: null;
	}

}
