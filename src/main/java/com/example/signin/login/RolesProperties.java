package com.example.signin.login;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where a person's roles come from.
 *
 * @param claim the claim that names them, of the ID token or, where the UserInfo endpoint
 * is read and has it, of that; a text or a list of texts, each one role. With dots it may
 * lead into a claim, such as realm_access.roles. Without it nobody has a role
 */
@ConfigurationProperties("signin.roles")
record RolesProperties(@Nullable String claim) {
}
