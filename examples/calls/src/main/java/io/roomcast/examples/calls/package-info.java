/** Calls through LiveKit. */
@NullMarked
package io.roomcast.examples.calls;

import org.jspecify.annotations.NullMarked;
