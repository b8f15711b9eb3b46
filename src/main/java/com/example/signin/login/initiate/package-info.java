/**
 * Sign-ins that begin elsewhere, at the provider's portal for example (OpenID Connect
 * Core §4).
 */
@NullMarked
package com.example.signin.login.initiate;

import org.jspecify.annotations.NullMarked;
