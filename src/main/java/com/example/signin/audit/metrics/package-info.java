/**
 * What happened, counted.
 */
@NullMarked
package com.example.signin.audit.metrics;

import org.jspecify.annotations.NullMarked;
