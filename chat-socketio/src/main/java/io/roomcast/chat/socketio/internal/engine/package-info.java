/**
 * Engine.IO over HTTP long-polling and WebSocket. Knows nothing of a chat. Each session is confined to one event loop.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.engine;

import org.jspecify.annotations.NullMarked;
