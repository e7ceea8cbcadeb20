/** Everything that a client may be told: one record for each event, named for what has happened. */
@NullMarked
package io.roomcast.chat.event;

import org.jspecify.annotations.NullMarked;
