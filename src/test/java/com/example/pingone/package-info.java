/**
 * What the commands around PingOne share: settings in a {@code .env} file, and files that
 * only their owner may read.
 */
@NullMarked
package com.example.pingone;

import org.jspecify.annotations.NullMarked;
