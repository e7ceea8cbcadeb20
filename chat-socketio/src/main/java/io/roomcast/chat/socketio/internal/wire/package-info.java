/** Names, fields and shapes as clients see them. */
@NullMarked
package io.roomcast.chat.socketio.internal.wire;

import org.jspecify.annotations.NullMarked;
