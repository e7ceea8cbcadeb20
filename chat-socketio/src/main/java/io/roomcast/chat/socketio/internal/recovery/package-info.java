/** Socket.IO's connection state recovery: keeps what a lost client needs to continue its session. */
@NullMarked
package io.roomcast.chat.socketio.internal.recovery;

import org.jspecify.annotations.NullMarked;
