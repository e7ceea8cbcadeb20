/**
 * Socket.IO's connection state recovery: keeps the rooms and the position of a client that lost its connection.
 *
 * <p>{@link io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery} is the interface that connections use. Each
 * is confined to the event loop of its connection; the registry of lost sessions is shared by all threads.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.recovery;

import org.jspecify.annotations.NullMarked;
