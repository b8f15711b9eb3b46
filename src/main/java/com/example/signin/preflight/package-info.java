/**
 * A proof after the start, without a person, that the provider accepts the client
 * assertion.
 */
@NullMarked
package com.example.signin.preflight;

import org.jspecify.annotations.NullMarked;
