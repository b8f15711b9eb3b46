/**
 * The way out: first the local session ends, then the provider's.
 */
@NullMarked
package com.example.signin.logout;

import org.jspecify.annotations.NullMarked;
