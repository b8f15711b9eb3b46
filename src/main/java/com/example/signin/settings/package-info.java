/**
 * What is wrong with a setting, told at start so that the operator can mend it.
 */
@NullMarked
package com.example.signin.settings;

import org.jspecify.annotations.NullMarked;
