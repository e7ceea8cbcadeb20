/**
 * Decodes HTTP/1.1 requests strictly, with limits of size, and aggregates or streams their bodies. Runs on event loops.
 * Knows nothing of a chat.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.request;

import org.jspecify.annotations.NullMarked;
