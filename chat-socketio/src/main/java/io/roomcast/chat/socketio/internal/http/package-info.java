/** What the same port answers over plain HTTP. */
@NullMarked
package io.roomcast.chat.socketio.internal.http;

import org.jspecify.annotations.NullMarked;
