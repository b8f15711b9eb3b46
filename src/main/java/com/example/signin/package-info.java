/**
 * Signs people in with PingOne; the hall from which each room is reached.
 */
@NullMarked
package com.example.signin;

import org.jspecify.annotations.NullMarked;
