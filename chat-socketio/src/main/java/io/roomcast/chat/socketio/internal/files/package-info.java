/** Receives the files that users upload, and sends them, over HTTP. No event loop waits for the store of files. */
@NullMarked
package io.roomcast.chat.socketio.internal.files;

import org.jspecify.annotations.NullMarked;
