/**
 * Handles each command, one handler for a family. Handlers run on workers, most of them in the conversation's order, and
 * block for the store.
 */
@NullMarked
package io.roomcast.chat.internal.handler;

import org.jspecify.annotations.NullMarked;
