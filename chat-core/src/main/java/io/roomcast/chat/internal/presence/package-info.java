/** Tracks who is online, typing and viewing. Called by workers and event loops; timers end what clients do not. */
@NullMarked
package io.roomcast.chat.internal.presence;

import org.jspecify.annotations.NullMarked;
