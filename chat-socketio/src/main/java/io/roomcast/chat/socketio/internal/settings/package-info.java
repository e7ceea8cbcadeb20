/**
 * The settings of a server: their register, the environment variables, and the checks. Used by the thread that builds
 * the server.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.settings;

import org.jspecify.annotations.NullMarked;
