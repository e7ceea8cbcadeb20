/** The events that the server sends to clients: one record for each type. */
@NullMarked
package io.roomcast.chat.event;

import org.jspecify.annotations.NullMarked;
