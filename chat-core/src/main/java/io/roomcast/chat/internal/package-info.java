/**
 * Assembles the chat, forwards the calls of the public API, and runs commands. Validation runs on the caller's thread,
 * all else on workers.
 */
@NullMarked
package io.roomcast.chat.internal;

import org.jspecify.annotations.NullMarked;
