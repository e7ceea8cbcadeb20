/** A chat server for Socket.IO clients. Start at {@link io.roomcast.chat.socketio.ChatServer}. */
@NullMarked
package io.roomcast.chat.socketio;

import org.jspecify.annotations.NullMarked;
