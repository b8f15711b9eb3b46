/**
 * The pages behind the door: who is signed in, and how this sign-in happened.
 */
@NullMarked
package com.example.signin.account;

import org.jspecify.annotations.NullMarked;
