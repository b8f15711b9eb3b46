/**
 * An example: calls an API in the name of the person who is signed in.
 */
@NullMarked
package com.example.signin.account.api;

import org.jspecify.annotations.NullMarked;
