package com.example.signin.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import com.example.signin.support.SigninTest;

/**
 * A {@link SigninTest} whose methods take a {@link Browser}. Skipped where there is no
 * Chromium, except in continuous integration ({@code CI=true}), where that is a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SigninTest
@Tag("browser")
@ExtendWith(Chromium.class)
@interface BrowserTest {

}
