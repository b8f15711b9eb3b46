/**
 * Signs many people in, to see what that costs and to train the image's AOT cache.
 */
@NullMarked
package com.example.signin.load;

import org.jspecify.annotations.NullMarked;
