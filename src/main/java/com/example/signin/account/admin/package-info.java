/**
 * An example: a page that needs a role.
 */
@NullMarked
package com.example.signin.account.admin;

import org.jspecify.annotations.NullMarked;
