/** Carries out calls: a pure state machine, which is applied to the calls in the store, and the devices of this server. */
@NullMarked
package io.roomcast.chat.internal.call;

import org.jspecify.annotations.NullMarked;
