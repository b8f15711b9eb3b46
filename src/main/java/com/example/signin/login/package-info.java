/**
 * The way in: authorization request, what the browser holds meanwhile, callback, failure
 * page.
 */
@NullMarked
package com.example.signin.login;

import org.jspecify.annotations.NullMarked;
