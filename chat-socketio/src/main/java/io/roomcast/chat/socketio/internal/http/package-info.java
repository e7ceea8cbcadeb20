/** HTTP/1.1 at the edge: reads requests strictly, checks origins and addresses, and routes. Runs on event loops. */
@NullMarked
package io.roomcast.chat.socketio.internal.http;

import org.jspecify.annotations.NullMarked;
