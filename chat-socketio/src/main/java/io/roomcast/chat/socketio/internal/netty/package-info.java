/** Starts the Netty server and its event loops, initializes connections, and checks the libraries on the class path. */
@NullMarked
package io.roomcast.chat.socketio.internal.netty;

import org.jspecify.annotations.NullMarked;
