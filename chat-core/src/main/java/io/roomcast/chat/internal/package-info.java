/**
 * Puts the chat together, and runs each command: validate, limit, authorise, handle, answer, publish. Validation runs
 * on the caller's thread, all else on workers.
 */
@NullMarked
package io.roomcast.chat.internal;

import org.jspecify.annotations.NullMarked;
