/** What concerns any TCP connection: closing, progress, text decoding and ids. Used on event loops. */
@NullMarked
package io.roomcast.chat.socketio.internal.channel;

import org.jspecify.annotations.NullMarked;
