/**
 * What is kept of a signed-in person: the tokens, never the secret; and what the browser
 * holds while there is no session.
 */
@NullMarked
package com.example.signin.session;

import org.jspecify.annotations.NullMarked;
