/**
 * Back-channel logout where several instances share their sessions.
 */
@NullMarked
package com.example.signin.logout.backchannel.redis;

import org.jspecify.annotations.NullMarked;
