/** Checks the form of commands, texts and names. Never blocks; safe for use by any thread. */
@NullMarked
package io.roomcast.chat.internal.rule;

import org.jspecify.annotations.NullMarked;
