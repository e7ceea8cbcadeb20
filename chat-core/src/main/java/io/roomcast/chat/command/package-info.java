/** Everything that a client may ask: one record for each command, with its answer beside it. */
@NullMarked
package io.roomcast.chat.command;

import org.jspecify.annotations.NullMarked;
