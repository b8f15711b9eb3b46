/**
 * Pages that need a stronger or a fresher sign-in than others.
 */
@NullMarked
package com.example.signin.login.stepup;

import org.jspecify.annotations.NullMarked;
