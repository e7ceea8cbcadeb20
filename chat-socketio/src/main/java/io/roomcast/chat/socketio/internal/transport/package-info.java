/** Engine.IO over HTTP polling and WebSocket; knows nothing of a chat. */
@NullMarked
package io.roomcast.chat.socketio.internal.transport;

import org.jspecify.annotations.NullMarked;
