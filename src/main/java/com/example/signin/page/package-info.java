/**
 * What all pages share. The templates are in {@code src/main/jte}.
 */
@NullMarked
package com.example.signin.page;

import org.jspecify.annotations.NullMarked;
