/** Packets of the Socket.IO protocol: parses what clients send, and encodes what the server sends. Any thread. */
@NullMarked
package io.roomcast.chat.socketio.internal.packet;

import org.jspecify.annotations.NullMarked;
