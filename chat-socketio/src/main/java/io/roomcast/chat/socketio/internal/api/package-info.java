/** The HTTP API, health, contract files and pages on the same port. */
@NullMarked
package io.roomcast.chat.socketio.internal.api;

import org.jspecify.annotations.NullMarked;
