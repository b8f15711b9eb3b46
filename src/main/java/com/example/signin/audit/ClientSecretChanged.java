package com.example.signin.audit;

/**
 * Another client secret signs from now on.
 */
public record ClientSecretChanged() {
}
