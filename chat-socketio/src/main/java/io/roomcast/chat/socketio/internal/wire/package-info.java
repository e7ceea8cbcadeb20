/** Names, fields and JSON shapes of Socket.IO packets, as clients see them. */
@NullMarked
package io.roomcast.chat.socketio.internal.wire;

import org.jspecify.annotations.NullMarked;
