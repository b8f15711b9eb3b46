/**
 * PingOne's documented CLIENT_SECRET_JWT flow, step by step and without a browser:
 * {@code ./mvnw -Pworkflow spring-boot:test-run}. It never ships; what it proves is the
 * application's own settings and token clients.
 */
@NullMarked
package com.example.pingone.workflow;

import org.jspecify.annotations.NullMarked;
