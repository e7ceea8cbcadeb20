/** Starts netty-socketio's server with our own channel initializer, and checks the Netty on the class path. */
@NullMarked
package io.roomcast.chat.socketio.internal.netty;

import org.jspecify.annotations.NullMarked;
