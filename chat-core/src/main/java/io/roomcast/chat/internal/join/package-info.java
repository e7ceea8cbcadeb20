/**
 * Puts sessions into rooms and sends them the messages that they missed. Reads run outside the conversations' order.
 */
@NullMarked
package io.roomcast.chat.internal.join;

import org.jspecify.annotations.NullMarked;
