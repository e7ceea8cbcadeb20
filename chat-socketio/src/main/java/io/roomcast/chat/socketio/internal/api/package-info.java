/** The HTTP routes: the HTTP API, health checks, the contract files and the page of the host. */
@NullMarked
package io.roomcast.chat.socketio.internal.api;

import org.jspecify.annotations.NullMarked;
