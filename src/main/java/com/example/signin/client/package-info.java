/**
 * Who we are: id, secret, registration; the client assertion and the token clients that
 * carry it.
 */
@NullMarked
package com.example.signin.client;

import org.jspecify.annotations.NullMarked;
