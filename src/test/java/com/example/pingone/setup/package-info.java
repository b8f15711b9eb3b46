/**
 * Prepares a PingOne environment for the application through PingOne's management API:
 * {@code ./mvnw -Psetup spring-boot:test-run}. Safe to repeat, and it never deletes.
 */
@NullMarked
package com.example.pingone.setup;

import org.jspecify.annotations.NullMarked;
