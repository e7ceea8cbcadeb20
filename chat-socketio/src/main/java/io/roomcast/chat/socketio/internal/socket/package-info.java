/**
 * Socket.IO connections: the handshake, the commands of a client, and the packets to it. Each connection is confined to
 * its event loop; {@link io.roomcast.chat.socketio.internal.socket.ChatSockets} has all of them.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.socket;

import org.jspecify.annotations.NullMarked;
