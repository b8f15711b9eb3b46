package com.example.signin.preflight;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the application proves after its start that the provider accepts it.
 *
 * @param enabled whether it does
 */
@ConfigurationProperties("signin.preflight")
record PreflightProperties(@DefaultValue("true") boolean enabled) {
}
