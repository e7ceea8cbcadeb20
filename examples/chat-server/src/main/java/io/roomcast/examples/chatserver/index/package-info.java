/** Ordered indexes for the embedded database, which by itself finds documents by all fields of a unique index only. */
@NullMarked
package io.roomcast.examples.chatserver.index;

import org.jspecify.annotations.NullMarked;
