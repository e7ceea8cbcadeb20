/**
 * Writes the server's log, one line for each event, as text or as JSON; start at {@link
 * io.roomcast.examples.chatserver.log.LogProvider}.
 */
@NullMarked
package io.roomcast.examples.chatserver.log;

import org.jspecify.annotations.NullMarked;
