/**
 * One Socket.IO connection: authentication, its commands, and what is sent to it. Confined to the connection's event
 * loop.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.socket;

import org.jspecify.annotations.NullMarked;
