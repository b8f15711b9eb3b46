package com.example.signin.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import com.example.signin.session.HostCookie;

/**
 * The cookies that hold attempts, one for each and named after its {@code state}, so that
 * tabs do not disturb one another. A browser keeps five at most, together under 4 KB; the
 * oldest make room for a new one.
 */
class SigninAttemptCookies {

	private static final String NAME = "signin-attempt-";

	private static final int MAX_ATTEMPTS = 5;

	private static final int MAX_BYTES = 4096;

	private static final int MAX_EXPIRED_AT_ONCE = 20;

	private final SigninAttemptCipher cipher;

	SigninAttemptCookies(SigninAttemptCipher cipher) {
		this.cipher = cipher;
	}

	void add(String state, SigninAttempt attempt, HttpServletRequest request, HttpServletResponse response) {
		String name = prefix(request) + state;
		String value = this.cipher.encrypt(state, attempt);
		makeRoom(name.length() + value.length(), request, response);
		HostCookie.set(name, value, SigninAttemptCipher.LIFETIME, request, response);
	}

	/**
	 * @return the browser's attempt with this state, or {@code null} if there is none
	 * that can be trusted
	 */
	@Nullable SigninAttempt find(String state, HttpServletRequest request) {
		String name = prefix(request) + state;
		return cookies(request).filter((cookie) -> cookie.getName().equals(name))
			.map((cookie) -> this.cipher.decrypt(state, cookie.getValue()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	void remove(String state, HttpServletRequest request, HttpServletResponse response) {
		String name = prefix(request) + state;
		if (cookies(request).anyMatch((cookie) -> cookie.getName().equals(name))) {
			expire(name, request, response);
		}
	}

	/**
	 * Expires what is too much: what is no attempt of ours first, then the oldest. A
	 * browser that holds a great many cookies loses some at each request, since the
	 * answer has to stay small.
	 */
	private void makeRoom(int needed, HttpServletRequest request, HttpServletResponse response) {
		int attempts = 1;
		int bytes = needed;
		List<String> superfluous = new ArrayList<>();
		for (Held held : youngestFirst(request)) {
			attempts++;
			bytes += held.cookie().getName().length() + held.cookie().getValue().length();
			if (held.startedAt().equals(Instant.MIN) || attempts > MAX_ATTEMPTS || bytes > MAX_BYTES) {
				superfluous.add(0, held.cookie().getName());
			}
		}
		superfluous.stream().limit(MAX_EXPIRED_AT_ONCE).forEach((name) -> expire(name, request, response));
	}

	private List<Held> youngestFirst(HttpServletRequest request) {
		String prefix = prefix(request);
		return cookies(request).filter((cookie) -> cookie.getName().startsWith(prefix))
			.map((cookie) -> new Held(cookie, startedAt(prefix, cookie)))
			.sorted(Comparator.comparing(Held::startedAt).reversed())
			.toList();
	}

	private Instant startedAt(String prefix, Cookie cookie) {
		SigninAttempt attempt = this.cipher.decrypt(cookie.getName().substring(prefix.length()), cookie.getValue());
		return (attempt != null) ? attempt.startedAt() : Instant.MIN;
	}

	private static Stream<Cookie> cookies(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		return (cookies != null) ? Arrays.stream(cookies) : Stream.empty();
	}

	private static void expire(String name, HttpServletRequest request, HttpServletResponse response) {
		HostCookie.set(name, "", Duration.ZERO, request, response);
	}

	private static String prefix(HttpServletRequest request) {
		return HostCookie.name(NAME, request);
	}

	private record Held(Cookie cookie, Instant startedAt) {
	}

}
