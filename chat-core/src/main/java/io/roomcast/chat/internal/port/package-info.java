/** Calls the host's code on threads of its own, within time limits, and contains its failures. */
@NullMarked
package io.roomcast.chat.internal.port;

import org.jspecify.annotations.NullMarked;
