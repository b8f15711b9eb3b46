/**
 * The way out that begins at the provider: it says whose sessions are to end (OpenID
 * Connect Back-Channel Logout 1.0).
 */
@NullMarked
package com.example.signin.logout.backchannel;

import org.jspecify.annotations.NullMarked;
