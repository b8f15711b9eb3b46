package com.example.signin.logout.backchannel;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the provider may end sessions from its side.
 *
 * @param enabled whether it may, by a logout token sent to
 * /logout/connect/back-channel/pingone
 */
@ConfigurationProperties("signin.back-channel-logout")
record BackChannelLogoutProperties(@DefaultValue("false") boolean enabled) {
}
