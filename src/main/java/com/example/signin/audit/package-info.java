/**
 * What happened, for those who must answer for it: the events that the other rooms
 * publish.
 */
@NullMarked
package com.example.signin.audit;

import org.jspecify.annotations.NullMarked;
