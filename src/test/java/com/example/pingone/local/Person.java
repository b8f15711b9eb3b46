package com.example.pingone.local;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Someone who can sign on. A new object per sign-on and deliberately without
 * {@code equals}: Spring Security's session registry finds the sessions of a principal by
 * equality, so the same person in two browsers would share one {@code sid}.
 */
final class Person implements UserDetails {

	private final String id;

	private final String username;

	private final String givenName;

	private final String familyName;

	Person(String id, String username, String givenName, String familyName) {
		this.id = id;
		this.username = username;
		this.givenName = givenName;
		this.familyName = familyName;
	}

	String id() {
		return this.id;
	}

	String givenName() {
		return this.givenName;
	}

	String familyName() {
		return this.familyName;
	}

	String name() {
		return this.givenName + " " + this.familyName;
	}

	String email() {
		return this.username.toLowerCase(Locale.ROOT) + "@example.com";
	}

	@Override
	public String getUsername() {
		return this.username;
	}

	@Override
	public String getPassword() {
		return "{noop}" + this.username + "-password";
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of();
	}

}
