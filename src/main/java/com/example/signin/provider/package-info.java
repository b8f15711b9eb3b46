/**
 * Whom we talk to: the one HTTP client, discovery, keys, what its errors mean.
 */
@NullMarked
package com.example.signin.provider;

import org.jspecify.annotations.NullMarked;
