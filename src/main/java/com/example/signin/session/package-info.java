/**
 * What is kept of a signed-in person: the tokens, never the secret.
 */
@NullMarked
package com.example.signin.session;

import org.jspecify.annotations.NullMarked;
