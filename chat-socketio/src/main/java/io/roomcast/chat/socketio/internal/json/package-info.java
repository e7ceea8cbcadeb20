/** Reads JSON strictly and within limits, and writes the fields that several wire forms share. Any thread. */
@NullMarked
package io.roomcast.chat.socketio.internal.json;

import org.jspecify.annotations.NullMarked;
