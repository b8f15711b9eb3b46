/**
 * What the tests share: the running application, a browser that does one step at a time,
 * and a relay in front of the provider that watches and disturbs.
 */
@NullMarked
package com.example.signin.support;

import org.jspecify.annotations.NullMarked;
