/** Assembles a server of the parts in the packages below, starts it and stops it. Not exported by the module. */
@NullMarked
package io.roomcast.chat.socketio.internal;

import org.jspecify.annotations.NullMarked;
