/**
 * Sessions in Redis, where several instances share them: there with the profile
 * {@code redis} only.
 */
@NullMarked
package com.example.signin.session.redis;

import org.jspecify.annotations.NullMarked;
