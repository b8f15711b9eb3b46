/**
 * The local provider: Spring Security's authorization server behind PingOne's paths, for
 * tests and for {@code ./mvnw spring-boot:test-run}. It never ships.
 * <p>
 * As PingOne documents it: the paths below the environment id, the rules for a
 * {@code CLIENT_SECRET_JWT} assertion, one-time refresh tokens whose re-use revokes the
 * family, ID tokens signed with RS256 that live for an hour, claims by scope, sign-off
 * without a hint or with an expired one, errors that carry a correlation id.
 * <p>
 * A stand-in's invention: the sign-on page, the people, the texts of errors and which
 * text answers which fault of an assertion, the tail of the discovery document, the
 * lifetime of a pushed request (five minutes, PingOne: 60 seconds). An assertion's
 * {@code aud} with several values is refused, where PingOne says nothing.
 * <p>
 * Left out: other response modes than {@code query}, PKCE with {@code plain},
 * {@code acr_values}, MFA, request objects; {@code prompt=login} and {@code max_age} in a
 * pushed request are ignored. Sign-off trusts an ID token hint without checking its
 * signature, so that one from before a restart is still accepted.
 */
@NullMarked
package com.example.pingone.local;

import org.jspecify.annotations.NullMarked;
