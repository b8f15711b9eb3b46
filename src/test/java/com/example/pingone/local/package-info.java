/**
 * The local provider: Spring Security's authorization server behind PingOne's paths, for
 * tests and for {@code ./mvnw spring-boot:test-run}. It never ships.
 * <p>
 * As PingOne documents it: the paths below the environment id, the rules for a
 * {@code CLIENT_SECRET_JWT} assertion, one-time refresh tokens whose re-use revokes the
 * family, ID tokens signed with RS256 that live for an hour, claims by scope, sign-off
 * without a hint or with an expired one, errors that carry a correlation id. Each sign-on
 * is a flow that ends after 15 minutes: begun by {@code /as/authorize} with a redirect to
 * {@code /signon/?flowId=} or, for {@code response_mode=pi.flow}, with its JSON; read and
 * given user name and password at {@code /flows}; taken up again by {@code /as/resume},
 * all with the cookie {@code ST}; five wrong passwords lock for 900 seconds.
 * <p>
 * A stand-in's invention: the sign-on page, the people, the texts of errors and which
 * text answers which fault of an assertion, the tail of the discovery document, the
 * lifetime of a pushed request (five minutes, PingOne: 60 seconds). An assertion's
 * {@code aud} with several values is refused, where PingOne says nothing. Of flows: the
 * status 400 and the general {@code code} of a wrong password, the form of an error of a
 * {@code pi.flow} authorization request (that of the token endpoint), the code at once
 * for {@code pi.flow} when somebody is signed on, a lock for names that nobody has, no
 * more than 20 flows for a browser, 15 minutes from the beginning instead of without use,
 * a flow that is forgotten once it has been resumed.
 * <p>
 * Other than at PingOne, the cookie {@code ST} is neither {@code Secure} nor
 * {@code SameSite=None}, which needs {@code Secure}: a browser would not keep it over
 * plain http. It ends with the browser and not after 30 days, and {@code ST-NO-SS} is not
 * set.
 * <p>
 * Left out: other response modes than {@code query} and {@code pi.flow}, PKCE with
 * {@code plain}, {@code acr_values}, MFA, request objects, all actions of a flow but
 * {@code usernamePassword.check}: whoever has to change the password cannot go on.
 * {@code prompt=login}, {@code max_age} and {@code response_mode} in a pushed request are
 * ignored. Sign-off trusts an ID token hint without checking its signature, so that one
 * from before a restart is still accepted.
 */
@NullMarked
package com.example.pingone.local;

import org.jspecify.annotations.NullMarked;
