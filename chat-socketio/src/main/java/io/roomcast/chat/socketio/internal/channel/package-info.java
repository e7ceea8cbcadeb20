/**
 * Building blocks for TCP connections: closing, rates, client addresses, text decoding, WebSocket frames and ids. Knows
 * nothing of a chat.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.channel;

import org.jspecify.annotations.NullMarked;
