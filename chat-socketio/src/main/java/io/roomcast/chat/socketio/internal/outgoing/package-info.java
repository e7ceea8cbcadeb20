/** Calls of other servers over HTTP. Knows nothing of a chat. */
@NullMarked
package io.roomcast.chat.socketio.internal.outgoing;

import org.jspecify.annotations.NullMarked;
