/**
 * The audit trail: one line for each event, on a logger of its own.
 */
@NullMarked
package com.example.signin.audit.trail;

import org.jspecify.annotations.NullMarked;
