/** Socket.IO's packets turned into commands, and events into packets. */
@NullMarked
package io.roomcast.chat.socketio.internal;

import org.jspecify.annotations.NullMarked;
