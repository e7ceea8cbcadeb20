/** The MongoDB store, run through the real driver over TCP. */
@NullMarked
package io.roomcast.chat.mongo;

import org.jspecify.annotations.NullMarked;
