/** TLS: reads certificates and keys, creates TLS contexts, and replaces them when the files change. */
@NullMarked
package io.roomcast.chat.socketio.internal.tls;

import org.jspecify.annotations.NullMarked;
