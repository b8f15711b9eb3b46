/**
 * The local provider: Spring Security's authorization server behind PingOne's paths, for
 * tests and for {@code ./mvnw spring-boot:test-run}. It never ships.
 * <p>
 * As PingOne documents it: the paths below the environment id, the rules for a
 * {@code CLIENT_SECRET_JWT} assertion, one-time refresh tokens whose re-use revokes the
 * family, ID tokens signed with RS256 that live for an hour, claims by scope, sign-off
 * without a hint or with an expired one, errors that carry a correlation id.
 * <ul>
 * <li>Of flows: each sign-on is one, begun by {@code /as/authorize} with a redirect to
 * {@code /signon/?flowId=} or, for {@code response_mode=pi.flow}, with its JSON; read and
 * given user name and password at {@code /flows}; taken up again by {@code /as/resume},
 * all with the cookie {@code ST}. Five wrong passwords lock for 900 seconds.
 * <li>Of the management API: the calls that set up an application and a user, their
 * required fields, defaults and ranges, full replacement by {@code PUT}, the previous
 * secret after a rotation, one grant per resource, the default password policy, pages
 * with a cursor, errors with {@code code} and {@code details}. An application, its
 * secrets and a person count for sign-on at once, and each application authenticates with
 * its own method alone.
 * </ul>
 * A stand-in's invention: the sign-on page, the people, the texts of errors and which
 * text answers which fault of an assertion, the tail of the discovery document, the
 * lifetime of a pushed request (five minutes, PingOne: 60 seconds). An assertion's
 * {@code aud} with several values is refused, where PingOne says nothing.
 * <ul>
 * <li>Of flows: the status 400 and the general {@code code} of a wrong password; an error
 * of a {@code pi.flow} authorization request, which has the form of the token endpoint's;
 * the code at once for {@code pi.flow} when somebody is signed on; the lock for names
 * that nobody has; the end of a flow 15 minutes after it began, where PingOne counts from
 * its last use, after its answer, or when the browser has begun 20 others.
 * <li>Of the cookie {@code ST}: it is neither {@code Secure} nor {@code SameSite=None},
 * which needs {@code Secure}, for a browser would not keep it over plain http; it ends
 * with the browser and not after 30 days; its value is no UUID.
 * <li>The management API lies on the provider's own origin and is its own admin
 * environment; a scope that was not granted is refused with {@code invalid_scope}; both
 * secrets sign assertions until the previous one ends; {@code grantTypes} is required; a
 * field that is not known here is kept and has no effect; a password in a user that is
 * not imported is ignored; user names of more than 128 characters are taken; a worker
 * without roles gets a token and then 403, where PingOne gives it no token; lists are
 * never stale.
 * </ul>
 * Left out: other response modes than {@code query} and {@code pi.flow}, PKCE with
 * {@code plain}, {@code acr_values}, MFA, request objects; each action of a flow but
 * {@code usernamePassword.check}, so that whoever has to change the password cannot go
 * on; {@code prompt=login}, {@code max_age} and {@code response_mode} in a pushed request
 * are ignored. Of an application's settings, {@code parRequirement}, {@code parTimeout},
 * {@code responseTypes}, {@code idpSignoff}, the refresh token's rolling duration, an
 * {@code additionalRefreshTokenReplayProtectionEnabled} of {@code false} and assigned
 * sign-on policies have no effect; whoever has the methods {@code NONE} or
 * {@code PRIVATE_KEY_JWT} is refused. There is no {@code lastUsed} of a previous secret,
 * and no link {@code password.forgot} in a flow. Sign-off trusts an ID token hint without
 * checking its signature, so that one from before a restart is still accepted.
 */
@NullMarked
package com.example.pingone.local;

import org.jspecify.annotations.NullMarked;
