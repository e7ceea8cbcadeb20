/** The requests of clients and of the host: one record for each command, with its reply. */
@NullMarked
package io.roomcast.chat.command;

import org.jspecify.annotations.NullMarked;
