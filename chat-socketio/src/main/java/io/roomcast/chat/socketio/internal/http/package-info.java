/**
 * HTTP/1.1: decodes requests strictly, checks origins and network addresses, and dispatches requests to routes. Runs on
 * event loops. Knows nothing of a chat.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.http;

import org.jspecify.annotations.NullMarked;
