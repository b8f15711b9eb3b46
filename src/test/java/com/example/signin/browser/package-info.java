/**
 * What a person sees and does: the application and its provider in a real browser, and in
 * one without scripts for machines that have no other.
 */
@NullMarked
package com.example.signin.browser;

import org.jspecify.annotations.NullMarked;
