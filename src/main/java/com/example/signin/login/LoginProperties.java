package com.example.signin.login;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param userinfo whether the UserInfo endpoint is read at a sign-in: auto (when the ID
 * token lacks what the granted scopes stand for), always or never
 */
@ConfigurationProperties("signin")
record LoginProperties(@DefaultValue("auto") UserinfoRule userinfo) {
}
